package dev.purser.eventstore.append;

import org.jspecify.annotations.Nullable;

/**
 * Where a loaded stream ends in memory: the last event decided, which may still be on its way to the disk. One tail
 * belongs to one loaded state of the stream; a reload makes a new one.
 *
 * <p>Everything but {@link #poison()} is called under the lock of the stream's aggregate.
 */
public final class StreamTail {

    private final String stream;
    private StreamHead head;
    private @Nullable Append lastQueued;
    private volatile boolean poisoned;

    /** A tail at a durable head. */
    public StreamTail(String stream, StreamHead durableHead) {
        this.stream = stream;
        this.head = durableHead;
    }

    /** The stream's id. */
    public String stream() {
        return stream;
    }

    /** The last event decided in memory, durable or not. */
    public StreamHead head() {
        return head;
    }

    /** The last append queued for the stream, whose verdict decides whether {@link #head()} is real; null if it is. */
    public @Nullable Append lastQueued() {
        Append last = lastQueued;
        if (last != null && last.isDurable()) {
            lastQueued = null;
            return null;
        }
        return last;
    }

    /** Moves the tail behind a queued append. */
    void advance(StreamHead newHead, Append queued) {
        head = newHead;
        lastQueued = queued;
    }

    /** Declares the state in memory wrong: one of its events was not stored. Called by the writer. */
    void poison() {
        poisoned = true;
    }

    /** Whether an event that this tail counts was not stored: the state must be loaded anew. */
    public boolean isPoisoned() {
        return poisoned;
    }
}
