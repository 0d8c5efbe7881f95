package dev.purser.projection.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.eventstore.log.EventLog;
import dev.purser.eventstore.log.HeadSignal;
import dev.purser.eventstore.log.StoredEvent;
import dev.purser.projection.LedgerAssembly;
import dev.purser.projection.LogFiller;
import dev.purser.projection.ReadModels;
import dev.purser.projection.TestDatabase;
import dev.purser.projection.TestLedger;
import dev.purser.projection.table.LiveRows;
import dev.purser.projection.table.Place;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** However the work is divided, the rows are those of a projection event by event. */
class SegmentsTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int EVENTS = 2_500;

    private final long seed = System.nanoTime();
    private final TestDatabase database = TestDatabase.create();
    private final EventLog log = new EventLog(database.dataSource(), new HeadSignal());
    private final List<Projection> readModels = ReadModels.all(TestLedger::unseal);

    @BeforeEach
    void fillTheLog() throws Exception {
        new LogFiller(database.dataSource(), database::connect, TestLedger::seal, seed)
                .fill(EVENTS, 60, LogFiller.Mix.HOLDS_AND_DEBITS);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void severalNodesAtOnceMakeTheRowsOfOneThatTakesEventByEvent() throws Exception {
        List<Projections> nodes = Stream.generate(this::node).limit(3).toList();
        nodes.forEach(Projections::start);
        assertThat(nodes).as("seed %d", seed).allMatch(node -> node.awaitHead(LONG));
        nodes.forEach(Projections::close);

        eventByEvent();

        assertThat(differences()).as("seed %d", seed).isEmpty();
        assertThat(database.rows("select count(*) from projection.dead_letter")).containsExactly("0");
    }

    @Test
    void nothingIsLostOrTwiceWhenConnectionsBreakInABacklog() throws Exception {
        Counting counting = new Counting("counting");
        Counting.createTable(database, "counting");
        List<Projection> all =
                Stream.concat(readModels.stream(), Stream.of(counting)).toList();
        try (Projections node = new Projections(log, LedgerAssembly.codec(), database.dataSource(), all)) {
            node.start();
            for (int i = 0; i < 20; i++) {
                database.rows("""
                    select pg_terminate_backend(pid)::text from pg_stat_activity
                    where datname = current_database() and usename = 'purser_app' and query ~ 'unnest'
                    """);
                Thread.sleep(20);
            }
            assertThat(node.awaitHead(LONG)).as("seed %d", seed).isTrue();
        }

        eventByEvent();

        assertThat(differences()).as("seed %d", seed).isEmpty();
        assertThat(database.rows("select count(*) || ' ' || max(position) from projection.counting"))
                .as("seed %d: every event, each once", seed)
                .containsExactly(EVENTS + " 1");
    }

    @Test
    void whoIsDividedDifferentlyBeginsWhereTheSlowestSegmentWas() {
        try (Projections node = node()) {
            node.start();
            assertThat(node.awaitHead(LONG)).isTrue();
        }
        List<String> rows = database.dump(List.of("projection.wallet", "projection.session"));
        database.execute("delete from projection.position where projection = 'wallet' and segment > 1");
        database.execute("update projection.position set position = 2000 where projection = 'wallet' and segment = 1");
        database.execute("delete from projection.position where projection = 'session'");

        try (Projections node = node()) {
            node.start();
            assertThat(node.awaitHead(LONG)).isTrue();
        }

        assertThat(database.rows("select count(*) from projection.position where projection = 'wallet'"))
                .containsExactly(String.valueOf(Projection.SEGMENTS));
        assertThat(database.dump(List.of("projection.wallet", "projection.session")))
                .as("seed %d", seed)
                .isEqualTo(rows);
    }

    @Test
    void aNodeThatStartsDoesNotWaitForABatchThatAnotherWrites() throws Exception {
        try (Projections node = node()) {
            node.start();
            assertThat(node.awaitHead(LONG)).isTrue();
        }
        List<Segment> last = Segment.of(readModels).reversed().subList(0, 1);
        try (Connection writing = database.connect();
                Connection starting = database.connect()) {
            writing.setAutoCommit(false);
            new Positions(writing, Place.LIVE).lock(last);
            try (Statement statement = starting.createStatement()) {
                statement.execute("set lock_timeout = 1");
            }
            Transactions.in(starting, () -> {
                new Positions(starting, Place.LIVE).register(readModels);
                return true;
            });
            writing.rollback();
        }
    }

    @Test
    void nodesThatDivideAnewAndNodesThatWriteDoNotBlockEachOther() throws Exception {
        try (Projections node = node()) {
            node.start();
            assertThat(node.awaitHead(LONG)).isTrue();
        }
        ParallelWork parallel = new ParallelWork();
        for (int round = 0; round < 30; round++) {
            String shrunk = readModels.getFirst().name();
            database.execute("delete from projection.position where segment > 1 and projection = '" + shrunk + "'");
            parallel.run(List.of(() -> inTransaction(positions -> positions.register(readModels)), () -> {
                for (int number = 0; number < Projection.SEGMENTS; number++) {
                    inTransaction(positions -> positions.lock(Segment.of(readModels)));
                }
                return true;
            }));
        }
    }

    private interface Work {
        void on(Positions positions) throws SQLException;
    }

    private boolean inTransaction(Work work) throws SQLException {
        try (Connection connection = database.connect()) {
            return Transactions.in(connection, () -> {
                work.on(new Positions(connection, Place.LIVE));
                return true;
            });
        }
    }

    private Projections node() {
        return new Projections(log, LedgerAssembly.codec(), database.dataSource(), readModels);
    }

    private void eventByEvent() throws Exception {
        List<StoredEvent> stored = log.after(0, EventLog.MAX_LIMIT);
        assertThat(stored).hasSize(EVENTS);
        try (Connection connection = database.connect()) {
            for (Projection projection : readModels) {
                new SecondTables(connection).create(projection);
                new SecondTables(connection).createIndexes(projection);
            }
            connection.setAutoCommit(false);
            LiveRows rows = new LiveRows(connection, Place.NEXT);
            for (StoredEvent event : stored) {
                Batch one = Batch.of(event.position() - 1, List.of(event), LedgerAssembly.codec());
                for (Projection projection : readModels) {
                    projection.apply(rows, one.events());
                }
            }
            connection.commit();
        }
    }

    private List<TableComparison> differences() throws Exception {
        try (Connection connection = database.connect()) {
            List<TableComparison> found = new Comparison(connection).of(SecondTables.of(readModels));
            assertThat(found).anyMatch(table -> table.liveRows() > 1_000);
            return found.stream().filter(table -> !table.isEqual()).toList();
        }
    }
}
