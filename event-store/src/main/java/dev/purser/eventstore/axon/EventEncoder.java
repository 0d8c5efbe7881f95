package dev.purser.eventstore.axon;

import dev.purser.eventstore.append.QueuedEvent;
import dev.purser.eventstore.append.StreamHead;
import dev.purser.eventstore.codec.EncodedEvent;
import dev.purser.eventstore.codec.EventCodec;
import dev.purser.eventstore.inline.InlineProjector;
import dev.purser.eventstore.inline.InlineRow;
import dev.purser.eventstore.inline.NewEvent;
import dev.purser.eventstore.log.EventHash;
import dev.purser.eventstore.log.MetadataFormat;
import dev.purser.eventstore.secret.RandomPool;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.messaging.MetaData;

/** Makes stored events, and their inline rows, of Axon's event messages. Runs on the threads of the commands. */
public final class EventEncoder {

    private static final int LONGEST_STREAM_ID = 128;
    private static final int LARGEST_PAYLOAD_BYTES = 1024 * 1024;

    private final EventCodec codec;
    private final Clock clock;
    private final List<InlineProjector> projectors;

    /** An encoder; the clock tells when decisions were made. */
    public EventEncoder(EventCodec codec, Clock clock, List<InlineProjector> projectors) {
        this.codec = codec;
        this.clock = clock;
        this.projectors = List.copyOf(projectors);
    }

    /** The time of a decision, to the microsecond as it is stored. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Encodes an event to follow a head of its stream; its inline rows go to the given consumer. */
    QueuedEvent encode(
            DomainEventMessage<?> event,
            StreamHead previous,
            Instant occurredAt,
            MetaData command,
            Consumer<InlineRow> rows) {
        String stream = requireStreamId(event.getAggregateIdentifier());
        Object payload = event.getPayload();
        Map<String, String> texts = CommandMetadata.texts(command, event.getMetaData());
        EncodedEvent encoded = codec.encode(payload);
        if (encoded.payload().length > LARGEST_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("an event of type " + encoded.type() + " has " + encoded.payload().length
                    + " bytes, at most " + LARGEST_PAYLOAD_BYTES + " are allowed");
        }
        for (InlineProjector projector : projectors) {
            projector
                    .rowsOf(new NewEvent(stream, event.getSequenceNumber(), payload, occurredAt, texts))
                    .forEach(rows);
        }
        return QueuedEvent.of(
                stream,
                event.getSequenceNumber(),
                UUID.fromString(event.getIdentifier()),
                occurredAt,
                MetadataFormat.encode(texts),
                encoded,
                RandomPool.bytes(EventHash.SALT_BYTES),
                previous.contentHash());
    }

    private static String requireStreamId(String stream) {
        boolean valid = !stream.isEmpty() && stream.length() <= LONGEST_STREAM_ID;
        for (int i = 0; valid && i < stream.length(); i++) {
            valid = stream.charAt(i) > ' ' && stream.charAt(i) <= '~';
        }
        if (!valid) {
            throw new IllegalArgumentException("a stream id has 1 to 128 visible ASCII characters: '" + stream + "'");
        }
        return stream;
    }
}
