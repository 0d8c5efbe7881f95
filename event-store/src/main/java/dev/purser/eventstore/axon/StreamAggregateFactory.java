package dev.purser.eventstore.axon;

import java.util.function.Function;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.AggregateFactory;
import org.axonframework.modelling.command.CreationPolicyAggregateFactory;
import org.jspecify.annotations.Nullable;

/** Makes empty aggregates of their stream's id, because events do not repeat it. */
public final class StreamAggregateFactory<T> implements AggregateFactory<T>, CreationPolicyAggregateFactory<T> {

    private final Class<T> type;
    private final Function<String, T> ofStream;

    /** A factory on a function of the stream's id. */
    public StreamAggregateFactory(Class<T> type, Function<String, T> ofStream) {
        this.type = type;
        this.ofStream = ofStream;
    }

    @Override
    public T createAggregateRoot(String stream, DomainEventMessage<?> firstEvent) {
        return ofStream.apply(stream);
    }

    @Override
    public T create(@Nullable Object identifier) {
        if (identifier == null) {
            throw new IllegalArgumentException(
                    "a new aggregate of type " + type.getSimpleName() + " needs a stream id");
        }
        return ofStream.apply(identifier.toString());
    }

    @Override
    public Class<T> getAggregateType() {
        return type;
    }
}
