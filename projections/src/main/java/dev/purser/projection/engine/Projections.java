package dev.purser.projection.engine;

import dev.purser.eventstore.codec.EventCodec;
import dev.purser.eventstore.log.EventLog;
import dev.purser.projection.table.Place;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.UncategorizedSQLException;

/**
 * The projections of this node: follows the log from {@link #start()} to {@link #stop()}, and lets readers wait for
 * what they must see. Trouble with the database is retried for ever; an event that a projection cannot take is parked
 * and shown. Thread-safe.
 */
public final class Projections implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Projections.class);
    private static final Duration IDLE = Duration.ofMillis(250);
    private static final Duration REST_AT_MOST = Duration.ofMillis(25);
    private static final int RESTS_PER_ROUND = 2;
    private static final Duration STOP_AT_MOST = Duration.ofSeconds(10);
    private static final long MAX_BACKOFF_MILLIS = 5_000;
    private static final long FIRST_BACKOFF_MILLIS = 50;
    private static final int MAX_DEAD_LETTERS = 1_000;

    private final EventLog events;
    private final EventCodec codec;
    private final DataSource dataSource;
    private final Map<String, Projection> projections = new LinkedHashMap<>();
    private final Progress progress = new Progress();
    private final Stepper stepper;
    private volatile boolean stopping;
    private @Nullable Thread follower;

    /** @param projections in the order in which each batch is given to them */
    public Projections(
            EventLog events, EventCodec codec, DataSource dataSource, List<? extends Projection> projections) {
        this.events = events;
        this.codec = codec;
        this.dataSource = dataSource;
        for (Projection projection : projections) {
            if (this.projections.put(projection.name(), projection) != null) {
                throw new IllegalArgumentException("two projections are named " + projection.name());
            }
        }
        this.stepper = new Stepper(events, codec, dataSource, this.projections, progress);
    }

    /** Starts to follow the log; fails when the database is away. */
    public synchronized void start() {
        if (follower != null) {
            return;
        }
        try {
            stepper.register();
        } catch (SQLException e) {
            throw new UncategorizedSQLException("start of the projections", null, e);
        }
        stopping = false;
        follower = Thread.ofVirtual().name("projections").start(this::follow);
    }

    /** Finishes the batch under way and stops. */
    public synchronized void stop() {
        Thread running = follower;
        if (running == null) {
            return;
        }
        stopping = true;
        try {
            if (!running.join(STOP_AT_MOST)) {
                log.warn("the projections have not stopped within {}", STOP_AT_MOST);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        follower = null;
    }

    @Override
    public void close() {
        stop();
    }

    /** The positions of all projections, as this node knows them. */
    public Map<String, Long> positions() {
        return progress.byProjection();
    }

    /** The position of one projection, as this node knows it. */
    public long position(String name) {
        Long position = progress.byProjection().get(name);
        if (position == null) {
            throw new IllegalArgumentException("no projection is named " + name);
        }
        return position;
    }

    /** The greatest position of the log. */
    public long head() {
        return events.head();
    }

    /** How many events the slowest projection is behind. */
    public long lag() {
        return Math.max(0, events.head() - progress.least());
    }

    /**
     * Waits until every projection shows the newest event of these streams; false when the time is over first, or when an
     * event of one of them is parked.
     */
    public boolean awaitStreams(Collection<String> streams, Duration atMost) {
        long newest = 0;
        for (String stream : streams) {
            newest = Math.max(newest, events.newestPosition(stream).orElse(0));
        }
        return await(newest, atMost) && Collections.disjoint(progress.parkedStreams(), streams);
    }

    /** Waits until every projection shows what is durable now; false when the time is over first. */
    public boolean awaitHead(Duration atMost) {
        return await(events.head(), atMost);
    }

    /**
     * Tries the parked events of a projection again, in order; those behind one that fails again keep waiting. Their number
     * is not limited; it takes them 1,000 at a time, and the projection waits meanwhile.
     */
    public RetryOutcome retry(String name) {
        try {
            RetryOutcome outcome = new Retry(events, codec, dataSource).of(projection(name));
            stepper.learnParked();
            return outcome;
        } catch (SQLException e) {
            throw new UncategorizedSQLException("retry of the dead letters of " + name, null, e);
        }
    }

    /** What keeps this node from projecting: an event that only a newer version can read; empty otherwise. */
    public Optional<String> standsAsideFor() {
        return Optional.ofNullable(stepper.foreign());
    }

    /** The names of the projections, in the order in which each batch is given to them. */
    public List<String> names() {
        return List.copyOf(projections.keySet());
    }

    /** The first parked events, by position; at most 1,000. */
    public List<DeadLetter> deadLetters() {
        try (Connection connection = dataSource.getConnection()) {
            return new DeadLetters(connection, Place.LIVE).list(MAX_DEAD_LETTERS);
        } catch (SQLException e) {
            throw new UncategorizedSQLException("list of dead letters", null, e);
        }
    }

    /** How many events each projection has parked; those that have none are left out. */
    public Map<String, Long> deadLetterCounts() {
        try (Connection connection = dataSource.getConnection()) {
            return new DeadLetters(connection, Place.LIVE).countByProjection();
        } catch (SQLException e) {
            throw new UncategorizedSQLException("count of dead letters", null, e);
        }
    }

    /** Learns how far the projections are without following the log. */
    public void look() {
        try {
            stepper.look();
        } catch (SQLException e) {
            throw new UncategorizedSQLException("positions of the projections", null, e);
        }
    }

    /** How many events are parked, each counted once per projection. */
    public long deadLetterCount() {
        try (Connection connection = dataSource.getConnection()) {
            return new DeadLetters(connection, Place.LIVE).count();
        } catch (SQLException e) {
            throw new UncategorizedSQLException("count of dead letters", null, e);
        }
    }

    private Projection projection(String name) {
        Projection projection = projections.get(name);
        if (projection == null) {
            throw new IllegalArgumentException("no projection is named " + name);
        }
        return projection;
    }

    private boolean await(long position, Duration atMost) {
        try {
            return progress.await(position, atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void follow() {
        int failures = 0;
        while (!stopping) {
            try {
                long begin = System.nanoTime();
                if (!stepper.round()) {
                    awaitWork();
                } else if (!stepper.hasBacklog()) {
                    rest(System.nanoTime() - begin);
                }
                failures = 0;
            } catch (InterruptedException e) {
                log.warn("the projections were interrupted and stop");
                return;
            } catch (Exception e) {
                failures++;
                log.warn("the projections wait for the database, failure {}", failures, e);
                pause(failures);
            }
        }
    }

    /** A round costs about the same for one event as for a hundred: under load there are fewer and larger ones. */
    private void rest(long roundNanos) throws InterruptedException {
        progress.rest(Duration.ofNanos(Math.min(REST_AT_MOST.toNanos(), RESTS_PER_ROUND * roundNanos)));
    }

    private void awaitWork() throws InterruptedException {
        if (stepper.foreign() == null) {
            events.awaitBeyond(progress.least(), IDLE);
        } else {
            Thread.sleep(IDLE);
        }
    }

    private void pause(int failures) {
        long millis = Math.min(MAX_BACKOFF_MILLIS, FIRST_BACKOFF_MILLIS << Math.min(failures, 10));
        long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        try {
            while (!stopping && System.nanoTime() < end) {
                Thread.sleep(Math.min(millis, FIRST_BACKOFF_MILLIS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
