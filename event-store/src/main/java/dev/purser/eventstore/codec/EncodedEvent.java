package dev.purser.eventstore.codec;

/** An event's payload as it is stored. The bytes are never changed after this: hashes cover them as they are. */
@SuppressWarnings("ArrayRecordComponent") // a carrier from codec to writer, never compared
public record EncodedEvent(String type, short revision, byte[] payload) {}
