/** Snapshots of the states of long streams: a cache that spares a cold aggregate the reading of its whole history. */
@NullMarked
package dev.purser.eventstore.snapshot;

import org.jspecify.annotations.NullMarked;
