/** Tests of this package. */
@NullMarked
package dev.purser.eventstore.writer;

import org.jspecify.annotations.NullMarked;
