package dev.purser.eventstore.append;

import dev.purser.eventstore.inline.InlineRow;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What one command wants stored: events of one or several streams and inline rows, all or nothing. Immutable but for
 * its verdict, which the writer gives once.
 */
public final class Append {

    private static final int OVERHEAD_BYTES = 256;

    // Holds the failure, or null for durable. Waiters never run code on the writer's thread: they only wake up.
    private final CompletableFuture<@Nullable RuntimeException> verdict = new CompletableFuture<>();
    private final long bytes;
    private final int eventCount;
    private volatile List<StreamPart> parts;
    private volatile List<InlineRow> rows;

    /** An append of the parts' events and the rows. */
    public Append(List<StreamPart> parts, List<InlineRow> rows) {
        this.parts = parts;
        this.rows = rows;
        long size = OVERHEAD_BYTES;
        int count = 0;
        for (StreamPart part : parts) {
            for (QueuedEvent event : part.events()) {
                size += event.row().length + OVERHEAD_BYTES;
                count++;
            }
        }
        for (InlineRow row : rows) {
            size += row.estimatedBytes();
        }
        this.bytes = size;
        this.eventCount = count;
    }

    /** The streams, empty once the verdict is given. */
    public List<StreamPart> parts() {
        return parts;
    }

    /** The inline rows, empty once the verdict is given. */
    public List<InlineRow> rows() {
        return rows;
    }

    /** An estimate of the memory it takes. */
    public long bytes() {
        return bytes;
    }

    /** How many events it holds. */
    public int eventCount() {
        return eventCount;
    }

    /** Gives the verdict: everything is stored. */
    public void becomeDurable() {
        letGo();
        verdict.complete(null);
    }

    /**
     * Gives the verdict: not stored, or not known to be. The states in memory that count these events are declared
     * wrong before anybody learns of it.
     */
    public void fail(RuntimeException failure) {
        // Streams that were only read as well: it may be their state that is out of date, and a reload costs little.
        for (StreamPart part : parts) {
            part.tail().poison();
        }
        letGo();
        verdict.complete(failure);
    }

    // A tail keeps its last append as long as the aggregate is cached: the events must not be kept with it.
    private void letGo() {
        parts = List.of();
        rows = List.of();
    }

    /** Whether the verdict is given. */
    public boolean isDecided() {
        return verdict.isDone();
    }

    /** Whether everything is known to be stored. */
    public boolean isDurable() {
        return verdict.isDone() && verdict.join() == null;
    }

    /** Waits for the verdict: null when everything is stored, else why not. */
    public @Nullable RuntimeException awaitVerdict() {
        return verdict.join();
    }
}
