/** Sessions: how long they last and what they have spent so far. */
@NullMarked
package dev.purser.projection.session;

import org.jspecify.annotations.NullMarked;
