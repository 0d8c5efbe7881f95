/** Tests of this package. */
@NullMarked
package dev.purser.eventstore.axon;

import org.jspecify.annotations.NullMarked;
