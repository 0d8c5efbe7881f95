package dev.purser.projection.engine;

import dev.purser.eventstore.codec.EventCodec;
import dev.purser.eventstore.log.EventLog;
import dev.purser.eventstore.log.StoredEvent;
import dev.purser.projection.table.LiveRows;
import dev.purser.projection.table.Place;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** Gives a projection its parked events again, in the order of the log, while it does not move. */
final class Retry {
    private static final int PAGE = 1_000;

    private final EventLog events;
    private final EventCodec codec;
    private final DataSource dataSource;

    Retry(EventLog events, EventCodec codec, DataSource dataSource) {
        this.events = events;
        this.codec = codec;
        this.dataSource = dataSource;
    }

    RetryOutcome of(Projection projection) throws SQLException {
        Set<String> failed = new HashSet<>();
        long position = 0;
        long applied = 0;
        long left = 0;
        try (Connection connection = dataSource.getConnection()) {
            while (true) {
                long after = position;
                Page page = Transactions.in(connection, () -> new Page(connection, projection, failed).apply(after));
                applied += page.done.size();
                left += page.left;
                if (page.last == after) {
                    return new RetryOutcome(applied, left);
                }
                position = page.last;
            }
        }
    }

    /** Some parked events in one transaction; {@code failed} is what later ones must wait behind. */
    private final class Page {
        private final Connection connection;
        private final Projection projection;
        private final Set<String> failed;
        private final DeadLetters letters;
        private final List<Long> done = new ArrayList<>();
        private long last;
        private long left;

        Page(Connection connection, Projection projection, Set<String> failed) {
            this.connection = connection;
            this.projection = projection;
            this.failed = failed;
            this.letters = new DeadLetters(connection, Place.LIVE);
        }

        Page apply(long after) throws SQLException {
            new Positions(connection, Place.LIVE).lock(Segment.of(List.of(projection)));
            last = after;
            for (DeadLetter letter : letters.after(projection.name(), after, PAGE)) {
                last = letter.position();
                if (failed.contains(letter.sequenceKey()) || failed.contains(letter.stream())) {
                    failed.add(letter.sequenceKey());
                    left++;
                } else {
                    apply(letter);
                }
            }
            letters.remove(projection.name(), done);
            return this;
        }

        private void apply(DeadLetter letter) throws SQLException {
            Savepoint before = connection.setSavepoint();
            try {
                StoredEvent stored = events.at(letter.position());
                projection.apply(
                        new LiveRows(connection, Place.LIVE),
                        List.of(new ProjectedEvent(
                                stored.position(),
                                stored.stream(),
                                stored.eventId(),
                                stored.recordedAt(),
                                stored.decode(codec))));
                connection.releaseSavepoint(before);
                done.add(letter.position());
            } catch (SQLException | RuntimeException e) {
                if (Failures.passes(e)) {
                    throw e;
                }
                connection.rollback(before);
                failed.add(letter.sequenceKey());
                letters.failedAgain(projection.name(), letter.position(), String.valueOf(e));
                left++;
            }
        }
    }
}
