package dev.purser.eventstore.log;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;

/**
 * Reads the log. Positions are contiguous from 1 in the order of the commits, so a reader that goes from position to
 * position never skips an event. Thread-safe; failures of the database are {@link UncheckedSqlException}s.
 */
public final class EventLog {

    /** The most events that one read returns. */
    public static final int MAX_LIMIT = 10_000;

    private static final Duration POLL_WHILE_FOLLOWING = Duration.ofMillis(50);
    private static final Duration POLL_WHILE_LEADING = Duration.ofMillis(500);

    private final Queries queries;
    private final HeadSignal signal;

    /** A log read through the data source. */
    public EventLog(DataSource dataSource, HeadSignal signal) {
        this.queries = new Queries(dataSource);
        this.signal = signal;
    }

    /** The events after a position (0: from the beginning), in order, at most so many. */
    public List<StoredEvent> after(long position, int limit) {
        if (position < 0 || limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("position must be ≥ 0 and limit 1 to 10000: " + position + ", " + limit);
        }
        return queries.list(
                "select " + EventRows.COLUMNS
                        + " from ledger.event where global_position > ? order by global_position limit ?",
                EventRows::read,
                position,
                limit);
    }

    /** All events of a stream, in order. */
    public List<StoredEvent> stream(String streamId) {
        return stream(streamId, 0);
    }

    /** The events of a stream from a sequence number on, in order. */
    public List<StoredEvent> stream(String streamId, long fromSequence) {
        return stream(streamId, fromSequence, Integer.MAX_VALUE);
    }

    /** The events of a stream from a sequence number on, in order, at most so many. */
    public List<StoredEvent> stream(String streamId, long fromSequence, int limit) {
        return queries.list(
                "select " + EventRows.COLUMNS
                        + " from ledger.event where stream = ? and sequence >= ? order by sequence limit ?",
                EventRows::read,
                streamId,
                fromSequence,
                limit);
    }

    /** The newest event of a stream. */
    public Optional<StoredEvent> newestOf(String streamId) {
        return queries
                .list(
                        "select " + EventRows.COLUMNS
                                + " from ledger.event where stream = ? order by sequence desc limit 1",
                        EventRows::read,
                        streamId)
                .stream()
                .findFirst();
    }

    /** The event at a position. */
    public StoredEvent at(long position) {
        List<StoredEvent> found = queries.list(
                "select " + EventRows.COLUMNS + " from ledger.event where global_position = ?",
                EventRows::read,
                position);
        if (found.isEmpty()) {
            throw new IllegalArgumentException("the log has no event at position " + position);
        }
        return found.getFirst();
    }

    /** Whether this process writes the log at present; false while another does, or while the database is away. */
    public boolean isWrittenHere() {
        return signal.isAuthoritative();
    }

    /** The greatest durable position, 0 if there is none: from memory on the node that writes, else asked for. */
    public long head() {
        if (!signal.isAuthoritative()) {
            signal.advanceTo(storedHead());
        }
        return signal.position();
    }

    private long storedHead() {
        return queries.number("select coalesce(max(global_position), 0) from ledger.event")
                .orElse(0);
    }

    /** The position of the newest event of a stream, empty if it has none. */
    public OptionalLong newestPosition(String streamId) {
        return queries.number(
                "select global_position from ledger.event where stream = ? order by sequence desc limit 1", streamId);
    }

    /**
     * The greatest position recorded at or before the instant, 0 if there is none. Recording times never decrease by
     * position, so this is a binary search over the primary key.
     */
    public long positionAt(Instant instant) {
        long low = 0;
        long high = head();
        while (low < high) {
            long middle = low + (high - low + 1) / 2;
            OffsetDateTime recordedAt = queries.list(
                            "select recorded_at from ledger.event where global_position = ?",
                            row -> row.getObject(1, OffsetDateTime.class),
                            middle)
                    .getFirst();
            if (recordedAt.isAfter(instant.atOffset(ZoneOffset.UTC))) {
                high = middle - 1;
            } else {
                low = middle;
            }
        }
        return low;
    }

    /**
     * Waits until the log has events beyond the position: woken right after a commit on this node, found by polling
     * when another node writes. False when the time is over first.
     */
    public boolean awaitBeyond(long position, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            Duration poll = signal.isAuthoritative() ? POLL_WHILE_LEADING : POLL_WHILE_FOLLOWING;
            if (signal.awaitBeyond(position, left.compareTo(poll) < 0 ? left : poll)) {
                return true;
            }
            signal.advanceTo(storedHead());
            if (signal.position() > position) {
                return true;
            }
            if (deadline - System.nanoTime() <= 0) {
                return false;
            }
        }
    }
}
