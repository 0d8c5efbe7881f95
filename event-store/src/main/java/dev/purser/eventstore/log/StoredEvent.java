package dev.purser.eventstore.log;

import dev.purser.eventstore.codec.EventCodec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;

/** An event of the log, exactly as it is stored. The arrays are the reader's own; changing them changes nothing else. */
@SuppressWarnings("ArrayRecordComponent") // a row as it is stored; compared by its content hash
public record StoredEvent(
        long position,
        String stream,
        long sequence,
        String type,
        short revision,
        UUID eventId,
        Instant occurredAt,
        Instant recordedAt,
        byte[] metadata,
        byte[] payload,
        byte[] salt,
        byte[] contentHash,
        byte[] previousHash) {

    /** The event object. */
    public Object decode(EventCodec codec) {
        return codec.decode(type, revision, payload);
    }

    /** Actor, request id and the like. */
    public Map<String, String> metadataMap() {
        return MetadataFormat.decode(metadata);
    }

    /** The content hash that these fields have, to be compared with the stored one. */
    public byte[] computedContentHash() {
        return EventHash.contentHash(
                stream, sequence, type, revision, eventId, occurredAt, metadata, payload, salt, previousHash);
    }

    /** Whether the stored hash is the hash of the stored fields. */
    public boolean isIntact() {
        return Arrays.equals(contentHash, computedContentHash());
    }

    /** The event's leaf in the log's tree. */
    public byte[] leafHash() {
        return EventHash.leaf(contentHash, recordedAt);
    }

    @Override
    public String toString() {
        return "StoredEvent[" + position + ", " + stream + " #" + sequence + ", " + type + "]";
    }
}
