package dev.purser.projection.engine;

import java.time.Instant;
import java.util.UUID;

/** An event of the log as projections take it. */
public record ProjectedEvent(long position, String stream, UUID eventId, Instant recordedAt, Object payload) {}
