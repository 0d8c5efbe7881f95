/** Sessions: minted by backends, refreshed by browsers, revoked by backends. */
@NullMarked
package dev.purser.command.session;

import org.jspecify.annotations.NullMarked;
