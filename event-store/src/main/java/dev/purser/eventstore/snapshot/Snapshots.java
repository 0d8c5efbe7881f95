package dev.purser.eventstore.snapshot;

import dev.purser.eventstore.append.Append;
import dev.purser.eventstore.append.StreamHead;
import dev.purser.eventstore.codec.JsonEventCodec;
import dev.purser.eventstore.snapshot.SnapshotWriter.Pending;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The snapshots of one type of aggregate. Whatever is wrong with one, it is as if there were none: the aggregate is loaded
 * from its events. Thread-safe.
 *
 * @param <T> the aggregate
 */
public final class Snapshots<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
    private static final JsonMapper MAPPER = JsonEventCodec.mapper()
            .rebuild()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final int LARGEST_STATE_CHARACTERS = 4 * 1024 * 1024;

    private final Form<T> form;
    private final SnapshotTable table;
    private final SnapshotWriter writer;
    private final Clock clock;
    private final int every;
    private final AtomicBoolean warned = new AtomicBoolean();

    /** The format without the type of its state. */
    private record Form<T>(String name, Function<T, Object> stateOf, Function<StoredSnapshot, T> decode) {

        static <T, S> Form<T> of(SnapshotFormat<T, S> format) {
            return new Form<>(
                    format.stored(),
                    format.stateOf()::apply,
                    stored -> format.aggregateOf()
                            .apply(stored.stream(), MAPPER.readValue(stored.state(), format.stateType())));
        }
    }

    /** An aggregate as a snapshot has it, and the event up to which it counts. */
    public record Restored<T>(T aggregate, StreamHead head) {}

    /** The parts that the snapshots of all types share. */
    public record Shared(SnapshotTable table, SnapshotWriter writer, Clock clock, int every) {

        /** The parts on a data source; a snapshot is taken every so many events of a stream. */
        public static Shared on(DataSource dataSource, Clock clock, int every) {
            SnapshotTable table = new SnapshotTable(dataSource);
            return new Shared(table, new SnapshotWriter(table), clock, every);
        }
    }

    /** The snapshots in a format. */
    public Snapshots(SnapshotFormat<T, ?> format, Shared shared) {
        this.form = Form.of(format);
        this.table = shared.table();
        this.writer = shared.writer();
        this.clock = shared.clock();
        this.every = shared.every();
    }

    /** The aggregate as the stream's snapshot has it; null if there is none that this version can read. */
    public @Nullable Restored<T> find(String stream) {
        StoredSnapshot found;
        try {
            found = table.find(stream);
        } catch (SQLException e) {
            ignored(stream, "cannot be read: " + e.getMessage());
            return null;
        }
        if (found == null || !found.format().equals(form.name())) {
            return null;
        }
        try {
            return new Restored<>(form.decode().apply(found), found.head());
        } catch (RuntimeException e) {
            // Not its message, which may quote the state.
            ignored(stream, "cannot be decoded: " + e.getClass().getSimpleName());
            return null;
        }
    }

    /** Says that the log does not have the event that the stream's snapshot counts up to. */
    public void isNotOfThisLog(String stream) {
        ignored(stream, "rests on an event that is not in the log");
    }

    private void ignored(String stream, String why) {
        if (warned.compareAndSet(false, true)) {
            LOG.warn("the snapshot of stream {} {}; it is ignored, and so are others like it", stream, why);
        } else {
            LOG.debug("the snapshot of stream {} {}", stream, why);
        }
    }

    /** Whether a snapshot is to be taken when a stream grows by so many events to so many. */
    public boolean isDue(long grownBy, long eventCount) {
        return eventCount / every > (eventCount - grownBy) / every;
    }

    /** Whether a snapshot is to be taken after so many events had to be read. */
    public boolean isDueAfterReading(long eventCount) {
        return eventCount >= every;
    }

    /**
     * Takes the aggregate's state out, to be written when what it rests on is durable. Called under the aggregate's lock.
     *
     * @param restsOn the last append queued for the stream; null if the state was read from the log
     */
    public void take(String stream, StreamHead head, T aggregate, @Nullable Append restsOn) {
        try {
            Object state = form.stateOf().apply(aggregate);
            writer.offer(new Pending(restsOn, () -> encoded(stream, head, state)));
        } catch (RuntimeException e) {
            // A command must not fail for a cache.
            LOG.warn("the state of stream {} cannot be taken out for a snapshot", stream, e);
        }
    }

    private Optional<StoredSnapshot> encoded(String stream, StreamHead head, Object state) {
        String json = MAPPER.writeValueAsString(state);
        if (json.length() > LARGEST_STATE_CHARACTERS) {
            LOG.debug("the state of {} is too large for a snapshot", stream);
            return Optional.empty();
        }
        return Optional.of(new StoredSnapshot(stream, head, form.name(), json, clock.instant()));
    }
}
