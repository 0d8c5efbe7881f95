package dev.purser.app.node;

import dev.purser.app.node.NodeTable.Nodes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node knows of who leads. Keeps the node's row alive and reads the others' twice a second, at once when somebody
 * waits for news; while the database cannot be reached it asks the nodes it knew last. Thread-safe.
 */
public final class Leadership implements WhoLeads, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Leadership.class);
    private static final Duration BEAT = Duration.ofMillis(500);

    /** Between two readings that somebody waits for. */
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(25);

    /** Between two questions to the leader, or without the database to all. */
    private static final Duration ASK = Duration.ofSeconds(1);

    /** A reading older than that is not believed any more. */
    private static final Duration STALE = Duration.ofMillis(1_500);

    private static final Duration STOP_AT_MOST = Duration.ofSeconds(5);

    private final Node self;
    private final ConnectionSource connections;
    private final BooleanSupplier engineLeads;
    private final NodeClient client;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wanted = lock.newCondition();
    private final Condition news = lock.newCondition();
    private final Condition stopped = lock.newCondition();
    private volatile Nodes nodes = new Nodes(null, List.of());
    private volatile boolean steppedDown;
    private volatile long leaderReachedAt = System.nanoTime();
    private volatile long readAt = System.nanoTime();
    private long readings;
    private boolean isWanted;
    private boolean stopping;
    private @Nullable Connection connection;
    private @Nullable Thread reader;
    private @Nullable Thread asker;

    /** How a connection of its own is opened, with short timeouts. */
    @FunctionalInterface
    public interface ConnectionSource {
        Connection open() throws SQLException;
    }

    /** @param engineLeads whether the engine of this process handles commands now */
    Leadership(Node self, ConnectionSource connections, BooleanSupplier engineLeads, NodeClient client) {
        this.self = self;
        this.connections = connections;
        this.engineLeads = engineLeads;
        this.client = client;
    }

    /** Makes the node known, then follows who leads. */
    void start() {
        read();
        reader = Thread.ofVirtual().name("leadership").start(this::readTheNodes);
        asker = Thread.ofVirtual().name("leadership-peers").start(this::askTheNodes);
    }

    @Override
    public boolean isLeading() {
        return !steppedDown && engineLeads.getAsBoolean();
    }

    @Override
    public Optional<Lead> otherLead() {
        return Optional.ofNullable(nodes.lead()).filter(lead -> !lead.nodeId().equals(self.id()));
    }

    /** Where the leader is, for people. */
    public String leaderAddress() {
        return isLeading() ? self.address() : otherLead().map(Lead::address).orElse("none");
    }

    /** Waits until some node leads; false when the time is over first. */
    boolean awaitLeader(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!isLeading() && otherLead().isEmpty()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            awaitNews(Duration.ofMillis(200));
        }
        return true;
    }

    /** From now on commands go to another node, if one is there to take the lead; answers whether one is. */
    public boolean stepDown() {
        boolean another = nodes.others().stream()
                .flatMap(other -> client.leadKnownTo(other).stream())
                .anyMatch(LeadView::couldLead);
        steppedDown = steppedDown || another;
        return steppedDown;
    }

    /** How long ago a leader was last known to be at work: zero on the leader itself. */
    public Duration sinceLeaderWasReached() {
        return isLeading() ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - leaderReachedAt);
    }

    /** What this node tells others. */
    LeadView view() {
        Lead known = nodes.lead();
        boolean stale = known != null && known.nodeId().equals(self.id()) && !isLeading();
        return new LeadView(self.id(), isLeading(), !steppedDown && !isReadingStale(), stale ? null : known);
    }

    /** Has the nodes read anew and waits for that. */
    @Override
    public void awaitNews(Duration atMost) {
        long nanosLeft = atMost.toNanos();
        lock.lock();
        try {
            long before = readings;
            isWanted = true;
            wanted.signal();
            while (readings == before && !stopping && nanosLeft > 0) {
                nanosLeft = news.awaitNanos(nanosLeft);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Something has changed here: the nodes are read anew soon. */
    public void leadChanged() {
        lock.lock();
        try {
            isWanted = true;
            wanted.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Leaves the others' view and stops. */
    @Override
    public void close() {
        lock.lock();
        try {
            stopping = true;
            wanted.signal();
            stopped.signalAll();
            news.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            boolean atRest = hasEnded(reader) && hasEnded(asker);
            if (atRest && connection != null) {
                NodeTable.leave(connection, self);
            }
        } catch (SQLException e) {
            log.debug("the node's row stays behind", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        disconnect();
    }

    private static boolean hasEnded(@Nullable Thread thread) throws InterruptedException {
        return thread == null || thread.join(STOP_AT_MOST);
    }

    private void readTheNodes() {
        while (pauseUntilWanted()) {
            read();
        }
    }

    private void askTheNodes() {
        while (pause(ASK)) {
            if (isReadingStale()) {
                askTheOthers();
            } else {
                askTheLeader();
            }
        }
    }

    private boolean isReadingStale() {
        return System.nanoTime() - readAt > STALE.toNanos();
    }

    private void read() {
        try {
            Connection open = connection;
            if (open == null) {
                open = connections.open();
                connection = open;
            }
            NodeTable.beat(open, self);
            learn(NodeTable.read(open, self));
            readAt = System.nanoTime();
        } catch (SQLException e) {
            log.debug("the nodes cannot be read from the database", e);
            disconnect();
        }
    }

    private void askTheLeader() {
        otherLead()
                .flatMap(lead -> client.leadKnownTo(lead.address()))
                .filter(LeadView::leading)
                .ifPresent(_ -> leaderReachedAt = System.nanoTime());
    }

    private void askTheOthers() {
        List<String> others = nodes.others();
        others.stream()
                .flatMap(other -> client.leadKnownTo(other).stream())
                .filter(view -> view.leading() && view.lead() != null)
                .findFirst()
                .ifPresent(view -> {
                    leaderReachedAt = System.nanoTime();
                    learn(new Nodes(view.lead(), others));
                });
    }

    private void learn(Nodes read) {
        Lead before = nodes.lead();
        Lead now = read.lead();
        nodes = read;
        if (now != null && (before == null || !before.term().equals(now.term()))) {
            log.info("{} leads", now.nodeId().equals(self.id()) ? "this node" : "the node at " + now.address());
        }
        lock.lock();
        try {
            readings++;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** False when it is time to stop. */
    private boolean pauseUntilWanted() {
        long nanosLeft = BEAT.toNanos();
        lock.lock();
        try {
            while (!stopping && !isWanted && nanosLeft > 0) {
                nanosLeft = wanted.awaitNanos(nanosLeft);
            }
            isWanted = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
        return pause(SHORTEST_PAUSE);
    }

    private boolean pause(Duration pause) {
        long nanosLeft = pause.toNanos();
        lock.lock();
        try {
            while (!stopping && nanosLeft > 0) {
                nanosLeft = stopped.awaitNanos(nanosLeft);
            }
            return !stopping;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void disconnect() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                log.debug("closing the connection failed", e);
            }
        }
    }
}
