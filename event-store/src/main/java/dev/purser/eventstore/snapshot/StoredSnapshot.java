package dev.purser.eventstore.snapshot;

import dev.purser.eventstore.append.StreamHead;
import java.time.Instant;

/** A row of the table of snapshots: the state of a stream up to the event that is its head here. */
record StoredSnapshot(String stream, StreamHead head, String format, String state, Instant createdAt) {}
