package dev.purser.eventstore.codec;

/** An event type that is not in the registry: a newer version of the software wrote it, or a registration is missing. */
public final class UnknownEventType extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownEventType(String message) {
        super(message);
    }
}
