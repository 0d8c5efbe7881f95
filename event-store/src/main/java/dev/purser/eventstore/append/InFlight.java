package dev.purser.eventstore.append;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The last queued append of every stream that has one in flight. A reload waits for its verdict: else a state without a
 * queued, valid append would be loaded, and a later command would have exactly the right sequence number.
 */
public final class InFlight {

    private final ConcurrentHashMap<String, Append> lastQueued = new ConcurrentHashMap<>();

    /** Remembers a queued append as the last of its stream. Called under the aggregate's lock, after it was queued. */
    void remember(String stream, Append append) {
        lastQueued.put(stream, append);
        if (append.isDecided()) {
            // The verdict came between queueing and this line: whoever comes second removes it.
            lastQueued.remove(stream, append);
        }
    }

    /** Forgets a decided append, unless another was queued behind it. */
    public void forget(String stream, Append append) {
        lastQueued.remove(stream, append);
    }

    /** Waits until nothing of the stream is in flight that was queued before this call. */
    public void awaitVerdictOn(String stream) {
        Append last = lastQueued.get(stream);
        if (last != null) {
            // Whether it failed does not matter: the reload that follows sees what is stored.
            last.awaitVerdict();
        }
    }

    /** The last append of the stream that is still in flight, or null. */
    public @Nullable Append lastOf(String stream) {
        return lastQueued.get(stream);
    }

    /** How many streams have something in flight. */
    public int streams() {
        return lastQueued.size();
    }
}
