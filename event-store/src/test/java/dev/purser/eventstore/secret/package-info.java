/** Tests of this package. */
@NullMarked
package dev.purser.eventstore.secret;

import org.jspecify.annotations.NullMarked;
