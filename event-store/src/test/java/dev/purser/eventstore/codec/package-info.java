/** Tests of this package. */
@NullMarked
package dev.purser.eventstore.codec;

import org.jspecify.annotations.NullMarked;
