package dev.purser.eventstore.axon;

import dev.purser.eventstore.secret.UuidV7;
import org.axonframework.common.IdentifierFactory;

/** Identifiers of Axon's messages, and so of events: UUIDs of version 7. Found by Axon through META-INF/services. */
public final class TimeOrderedIdentifiers extends IdentifierFactory {

    /** Called by the service loader. */
    public TimeOrderedIdentifiers() {}

    @Override
    public String generateIdentifier() {
        return UuidV7.next().toString();
    }
}
