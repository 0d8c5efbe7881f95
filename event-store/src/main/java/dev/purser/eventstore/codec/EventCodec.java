package dev.purser.eventstore.codec;

/** Turns event objects into stored bytes and back. Thread-safe. */
public interface EventCodec {

    /** Encodes an event; fails with {@link UnknownEventType} for a class that was never registered. */
    EncodedEvent encode(Object event);

    /** Decodes a stored event; fails with {@link UnknownEventType} for a name and revision that nobody registered. */
    Object decode(String type, short revision, byte[] payload);

    /** The class that events of this name and revision decode to. */
    Class<?> typeOf(String type, short revision);
}
