package dev.purser.gateway.upstream;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A response body that is pulled, with a limit on each wait. One piece is under way at a time: a slow reader slows the
 * provider down through TCP.
 */
final class TimedBody implements BodySubscriber<TimedBody> {
    private sealed interface Piece {
        record Bytes(List<ByteBuffer> buffers) implements Piece {}

        record End() implements Piece {}

        record Broken() implements Piece {}

        record Stopped() implements Piece {}
    }

    private final LinkedBlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private boolean over;
    private Flow.@Nullable Subscription subscription;
    private boolean stopped;

    /** The next bytes; null at the end. */
    @Nullable
    List<ByteBuffer> next(Duration patience) throws UpstreamFailure {
        if (over) {
            return null;
        }
        return switch (poll(patience)) {
            case Piece.Bytes(var buffers) -> {
                request();
                yield buffers;
            }
            case Piece.End() -> {
                over = true;
                yield null;
            }
            case Piece.Broken() ->
                throw new UpstreamFailure(UpstreamFailure.Kind.BROKEN, "The provider broke the answer off.");
            case Piece.Stopped() -> throw new UpstreamFailure(UpstreamFailure.Kind.CANCELLED, "The call was stopped.");
        };
    }

    /** Closes the connection unless the body is complete. */
    synchronized void cancel() {
        stopped = true;
        if (subscription != null) {
            subscription.cancel();
        }
        pieces.add(new Piece.Stopped());
    }

    private synchronized void request() {
        if (subscription != null) {
            subscription.request(1);
        }
    }

    private Piece poll(Duration patience) throws UpstreamFailure {
        try {
            Piece piece = pieces.poll(Math.max(0, patience.toMillis()), TimeUnit.MILLISECONDS);
            if (piece == null) {
                cancel();
                throw new UpstreamFailure(UpstreamFailure.Kind.TIMEOUT, "The provider fell silent.");
            }
            return piece;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancel();
            throw new UpstreamFailure(UpstreamFailure.Kind.CANCELLED, "The call was stopped.");
        }
    }

    @Override
    public CompletionStage<TimedBody> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription opened) {
        subscription = opened;
        if (stopped) {
            opened.cancel();
        } else {
            opened.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        pieces.add(new Piece.Bytes(buffers));
    }

    @Override
    public void onError(Throwable failure) {
        pieces.add(new Piece.Broken());
    }

    @Override
    public void onComplete() {
        pieces.add(new Piece.End());
    }
}
