package dev.purser.gateway.upstream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The frames of one streamed answer. Read by one thread. */
public interface UpstreamStream extends AutoCloseable {
    String DONE = "[DONE]";

    /**
     * The data of the next frame, {@link #DONE} included; null when the provider has ended the answer.
     *
     * @param patience how long to wait for it
     */
    @Nullable
    String next(Duration patience) throws UpstreamFailure;

    /** Stops the call, if it is not over. */
    @Override
    void close();
}
