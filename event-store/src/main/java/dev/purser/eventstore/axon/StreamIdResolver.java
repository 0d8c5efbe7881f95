package dev.purser.eventstore.axon;

import java.util.function.Function;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;

/**
 * Finds the aggregate that a command is for without looking at annotations: by the metadata it was sent with, else by a
 * function of the command.
 */
public final class StreamIdResolver implements CommandTargetResolver {

    private final Function<Object, String> streamOf;

    /** A resolver that asks the function for commands sent without a stream id. */
    public StreamIdResolver(Function<Object, String> streamOf) {
        this.streamOf = streamOf;
    }

    @Override
    public VersionedAggregateIdentifier resolveTarget(CommandMessage<?> command) {
        Object stream = command.getMetaData().get(CommandMetadata.STREAM);
        Object identifier = stream == null ? streamOf.apply(command.getPayload()) : stream;
        return new VersionedAggregateIdentifier(identifier, null);
    }
}
