package dev.purser.gateway.upstream;

import dev.purser.gateway.upstream.UpstreamFailure.Kind;
import dev.purser.gateway.wire.SseParser;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The frames of an HTTP answer. */
final class SseStream implements UpstreamStream {
    private static final int MAX_FRAME_BYTES = 8 << 20;
    private static final Duration TO_END = Duration.ofMillis(50);

    private final TimedBody body;
    private final SseParser parser = new SseParser(MAX_FRAME_BYTES);
    private final Queue<String> ready = new ArrayDeque<>();
    private boolean ended;
    private boolean doneSeen;

    SseStream(TimedBody body) {
        this.body = body;
    }

    @Override
    public @Nullable String next(Duration patience) throws UpstreamFailure {
        long deadline = System.nanoTime() + patience.toNanos();
        while (ready.isEmpty() && !ended) {
            List<ByteBuffer> buffers = body.next(Duration.ofNanos(deadline - System.nanoTime()));
            if (buffers == null) {
                parser.end(ready::add);
                ended = true;
            } else {
                feed(buffers);
            }
        }
        String frame = ready.poll();
        doneSeen |= frame != null && frame.strip().equals(DONE);
        return frame;
    }

    @Override
    public void close() {
        if (!doneSeen || !endsSoon()) {
            body.cancel();
        }
    }

    /** A body that is read to its end leaves the connection for the next call. */
    private boolean endsSoon() {
        try {
            while (!ended) {
                ended = body.next(TO_END) == null;
            }
            return true;
        } catch (UpstreamFailure e) {
            return false;
        }
    }

    private void feed(List<ByteBuffer> buffers) throws UpstreamFailure {
        try {
            for (ByteBuffer buffer : buffers) {
                parser.feed(buffer, ready::add);
            }
        } catch (SseParser.FrameTooLarge e) {
            body.cancel();
            throw new UpstreamFailure(Kind.BROKEN, "The provider sent a frame that is too large.");
        }
    }
}
