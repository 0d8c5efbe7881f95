package dev.purser.eventstore.inline;

import java.time.Instant;
import java.util.Map;

/** An event about to be stored, as inline projectors see it: everything but its position and the time of recording. */
public record NewEvent(
        String stream, long sequence, Object payload, Instant occurredAt, Map<String, String> metadata) {}
