package dev.purser.eventstore.writer;

import dev.purser.eventstore.append.StreamHead;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the writer knows about the last stored event of streams, the most recently used ones. Absent means unknown, to be
 * read; it never means that the stream is empty. Used by the writer's thread alone.
 */
final class DurableHeads {

    private final LinkedHashMap<String, StreamHead> heads;

    DurableHeads(int most) {
        heads = new LinkedHashMap<>(1024, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, StreamHead> eldest) {
                return size() > most;
            }
        };
    }

    @Nullable
    StreamHead get(String stream) {
        return heads.get(stream);
    }

    void putAll(Map<String, StreamHead> stored) {
        heads.putAll(stored);
    }

    void forget(Collection<String> streams) {
        streams.forEach(heads::remove);
    }

    void forgetAll() {
        heads.clear();
    }
}
