/** Tests of this package. */
@NullMarked
package dev.purser.eventstore.log;

import org.jspecify.annotations.NullMarked;
