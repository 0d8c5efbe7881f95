package dev.purser.eventstore.append;

import dev.purser.eventstore.log.EventHash;
import java.util.Arrays;

/**
 * The last event of a stream: its sequence and content hash. Comparing both is what tells a state apart from another
 * one that merely has as many events.
 */
@SuppressWarnings("ArrayRecordComponent") // compared by follows() only
public record StreamHead(long sequence, byte[] contentHash) {

    /** The head of a stream without events. */
    public static final StreamHead NONE = new StreamHead(-1, EventHash.none());

    /** Whether this is the same event as the other head. */
    public boolean isSameAs(StreamHead other) {
        return sequence == other.sequence && Arrays.equals(contentHash, other.contentHash);
    }
}
