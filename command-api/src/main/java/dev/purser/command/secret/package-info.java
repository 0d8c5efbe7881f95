/** Tokens before they are fingerprints, and personal data before it is sealed. */
@NullMarked
package dev.purser.command.secret;

import org.jspecify.annotations.NullMarked;
