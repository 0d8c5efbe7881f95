package dev.purser.gateway.upstream;

import java.time.Duration;

/**
 * How long a provider may take.
 *
 * @param connect to accept a connection
 * @param firstByte to begin a streamed answer
 * @param idle between two frames of a stream
 * @param answer to give a whole, unstreamed answer
 */
public record UpstreamTimeouts(Duration connect, Duration firstByte, Duration idle, Duration answer) {
    public static final UpstreamTimeouts DEFAULTS = new UpstreamTimeouts(
            Duration.ofSeconds(10), Duration.ofSeconds(120), Duration.ofSeconds(120), Duration.ofMinutes(10));
}
