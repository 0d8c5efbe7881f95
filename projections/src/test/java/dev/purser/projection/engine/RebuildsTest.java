package dev.purser.projection.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.purser.domain.HoldId;
import dev.purser.domain.Money;
import dev.purser.domain.wallet.HoldOrigin;
import dev.purser.projection.ReadModels;
import dev.purser.projection.TestLedger;
import dev.purser.projection.TestLedger.Enrolled;
import dev.purser.projection.TestLedger.Tenant;
import dev.purser.projection.wallet.WalletQueries;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RebuildsTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final TestLedger ledger = TestLedger.start();
    private final Rebuilds rebuilds = ledger.rebuilds;
    private final Tenant tenant = ledger.tenant();
    private final List<Enrolled> customers = new ArrayList<>();

    @AfterEach
    void stop() {
        ledger.close();
    }

    @Test
    void whoeverReadsMeanwhileNeverMissesARowAndTheNewTablesEqualTheOldOnes() throws Exception {
        enrol(8);
        calls(100);
        ledger.settle();
        WalletQueries wallets = new WalletQueries(ledger.database.dataSource());
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong reads = new AtomicLong();
        AtomicLong stale = new AtomicLong();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            running.add(threads.submit(() -> {
                while (!over.get()) {
                    calls(1);
                }
            }));
            for (int reader = 0; reader < 3; reader++) {
                running.add(threads.submit(() -> {
                    while (!over.get()) {
                        for (Enrolled customer : customers) {
                            assertThat(wallets.balance(customer.wallet())).isPresent();
                        }
                        if (!ledger.projections.awaitHead(Duration.ofMillis(500))) {
                            stale.incrementAndGet();
                        }
                        reads.incrementAndGet();
                    }
                }));
            }
            try {
                for (int round = 0; round < 2; round++) {
                    RebuildState state = rebuilds.run(rebuilds.names(), OnDifference.KEEP);
                    assertThat(state.phase()).as("seed %d: %s", seed, state).isEqualTo(RebuildPhase.SWITCHED);
                    assertThat(state.comparisons()).hasSize(14).allMatch(TableComparison::isEqual);
                }
            } finally {
                over.set(true);
            }
            for (Future<?> each : running) {
                each.get();
            }
        }
        ledger.settle();
        assertThat(reads.get()).isGreaterThan(10);
        assertThat(stale.get())
                .as("reads that waited for 500 ms, of %d", reads.get())
                .isLessThan(reads.get() / 4);
        isEqualToARebuild();
    }

    @Test
    void aDifferenceIsShownAndKeptUntilSomebodySwitches() throws Exception {
        Enrolled spoiled = enrol(2).getFirst();
        calls(20);
        ledger.settle();
        List<String> right = ledger.dump();
        spoil(spoiled);
        List<String> wrong = ledger.dump();

        RebuildState state = rebuilds.run(rebuilds.names(), OnDifference.KEEP);

        assertThat(state.phase()).isEqualTo(RebuildPhase.DIFFERS);
        assertThat(state.comparisons().stream().filter(table -> !table.isEqual()))
                .extracting(TableComparison::table)
                .containsExactly("ledger_entry", "wallet");
        assertThat(of(state, "wallet"))
                .extracting(TableComparison::differing, TableComparison::sample)
                .containsExactly(1L, List.of(spoiled.wallet().value()));
        assertThat(of(state, "ledger_entry").onlyNext()).isEqualTo(1);
        assertThat(of(state, "ledger_entry").sample())
                .singleElement()
                .asString()
                .startsWith(spoiled.wallet() + "/");
        assertThat(ledger.dump()).isEqualTo(wrong);

        ledger.credit(spoiled.wallet(), 1);
        ledger.settle();
        assertThat(rebuilds.switchToKept().phase()).isEqualTo(RebuildPhase.SWITCHED);
        assertThat(ledger.dump()).hasSize(right.size() + 1);
        isEqualToARebuild();
    }

    @Test
    void keptTablesCanBeDiscarded() throws Exception {
        spoil(enrol(1).getFirst());
        List<String> wrong = ledger.dump();
        assertThatThrownBy(rebuilds::switchToKept)
                .isInstanceOfSatisfying(
                        RebuildRefused.class,
                        e -> assertThat(e.reason()).isEqualTo(RebuildRefused.Reason.NOTHING_KEPT));
        rebuilds.run(List.of("wallet"), OnDifference.KEEP);

        assertThat(rebuilds.discardKept().phase()).isEqualTo(RebuildPhase.DISCARDED);

        assertThat(ledger.dump()).isEqualTo(wrong);
        assertThat(ledger.database.rows("select to_regclass('projection_next.wallet') is null"))
                .containsExactly("t");
        assertThatThrownBy(rebuilds::discardKept).isInstanceOf(RebuildRefused.class);
    }

    @Test
    void aShapeThatChangedIsTakenWithItsDifferences() throws Exception {
        spoil(enrol(1).getFirst());

        RebuildState state = rebuilds.run(List.of("wallet", "ledger_entry"), OnDifference.SWITCH);

        assertThat(state.phase()).isEqualTo(RebuildPhase.SWITCHED);
        assertThat(state.comparisons()).anyMatch(table -> !table.isEqual());
        isEqualToARebuild();
    }

    @Test
    void theSwitchedTablesHaveEveryIndexKeyOptionAndRight() throws Exception {
        enrol(1);
        String shape = """
            select 'index ' || indexdef from pg_indexes where schemaname = 'projection'
            union all select 'key ' || conrelid::regclass || conname || pg_get_constraintdef(oid)
                from pg_constraint where connamespace = 'projection'::regnamespace
            union all select 'options ' || relname || coalesce(reloptions::text, '') || relowner::regrole
                || has_table_privilege('purser_app', oid, 'select, insert, update, delete, truncate')
                from pg_class where relnamespace = 'projection'::regnamespace and relkind = 'r'
            order by 1
            """;
        List<String> before = ledger.database.rows(shape);

        ledger.rebuild();

        assertThat(ledger.database.rows(shape)).isEqualTo(before);
        assertThat(before).anyMatch(line -> line.contains("hold_overdue"));
    }

    @Test
    void whoeverReadsForLongHoldsTheSwitchUpButNotTheOtherReaders() throws Exception {
        enrol(2);
        ledger.settle();
        WalletQueries wallets = new WalletQueries(ledger.database.dataSource());
        try (Connection reader = ledger.database.connect()) {
            reader.setAutoCommit(false);
            reader.createStatement().execute("select from projection.wallet");
            rebuilds.start(rebuilds.names(), OnDifference.KEEP);
            await().atMost(LONG).until(() -> rebuilds.state().orElseThrow().phase() == RebuildPhase.SWITCHING);
            for (int i = 0; i < 20; i++) {
                long begin = System.nanoTime();
                assertThat(wallets.balance(customers.getFirst().wallet())).isPresent();
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
                Thread.sleep(20);
            }
            assertThat(rebuilds.state().orElseThrow().phase()).isEqualTo(RebuildPhase.SWITCHING);
            reader.commit();
        }
        await().atMost(LONG).until(() -> !rebuilds.state().orElseThrow().isUnderWay());
        assertThat(rebuilds.state().orElseThrow().phase()).isEqualTo(RebuildPhase.SWITCHED);
    }

    @Test
    void thereIsOneRebuildAtATimeAndEveryProcessSeesHowFarItIs() throws Exception {
        Counting slow = new Counting("slow");
        CountDownLatch go = new CountDownLatch(1);
        Counting.createTable(ledger.database, "slow");
        enrol(3);
        try (Projections node = new Projections(
                        ledger.engine.log(), ledger.engine.codec(), ledger.database.dataSource(), List.of(slow));
                Rebuilds here = rebuildsOf(List.of(slow));
                Rebuilds elsewhere = rebuildsOf(List.of(slow))) {
            node.start();
            assertThat(node.awaitHead(LONG)).isTrue();
            slow.waitFor(go);
            here.start(List.of("slow"), OnDifference.KEEP);

            await().until(() -> elsewhere.state().orElseThrow().eventsTotal() > 0);
            assertThat(elsewhere.state()).hasValueSatisfying(state -> {
                assertThat(state.phase()).isEqualTo(RebuildPhase.FILLING);
                assertThat(state.eventsTotal()).isEqualTo(ledger.engine.log().head());
                assertThat(state.eventsDone()).isZero();
                assertThat(state.isUnderWay()).isTrue();
            });
            assertThatThrownBy(() -> elsewhere.start(List.of("slow"), OnDifference.KEEP))
                    .isInstanceOfSatisfying(
                            RebuildRefused.class,
                            e -> assertThat(e.reason()).isEqualTo(RebuildRefused.Reason.UNDER_WAY));
            assertThatThrownBy(elsewhere::discardKept).isInstanceOf(RebuildRefused.class);

            go.countDown();
            await().atMost(LONG).until(() -> !elsewhere.state().orElseThrow().isUnderWay());
            assertThat(elsewhere.state()).hasValueSatisfying(state -> {
                assertThat(state.phase()).isEqualTo(RebuildPhase.SWITCHED);
                assertThat(state.eventsDone()).isEqualTo(state.eventsTotal());
            });
        }
    }

    @Test
    void whatADeadProcessLeftIsToldAndTheNextRebuildBeginsAnew() throws Exception {
        enrol(2);
        ledger.settle();
        try (Connection dies = ledger.database.connect()) {
            RebuildRecord record = new RebuildRecord(dies);
            assertThat(record.tryLock()).isTrue();
            record.begin(UUID.randomUUID(), List.of("wallet"), OnDifference.KEEP);
            new SecondTables(dies).create(ReadModels.all(TestLedger::unseal).getFirst());
            assertThat(rebuilds.state().orElseThrow().phase()).isEqualTo(RebuildPhase.FILLING);
        }
        await().untilAsserted(
                        () -> assertThat(rebuilds.state().orElseThrow().phase()).isEqualTo(RebuildPhase.INTERRUPTED));

        assertThat(rebuilds.run(rebuilds.names(), OnDifference.KEEP).phase()).isEqualTo(RebuildPhase.SWITCHED);
    }

    @Test
    void moreOpenRowsThanFitMakeItSlowerAndNothingElse() throws Exception {
        enrol(20);
        calls(300);
        ledger.settle();
        try (Rebuilds cramped = new Rebuilds(
                ledger.engine.log(),
                ledger.engine.codec(),
                ledger.database.connections(),
                ReadModels.all(TestLedger::unseal),
                3)) {
            RebuildState state = cramped.run(cramped.names(), OnDifference.KEEP);
            assertThat(state.phase()).as("seed %d: %s", seed, state).isEqualTo(RebuildPhase.SWITCHED);
        }
    }

    @Test
    void aRebuildThatCannotReadTheLogFailsAndSaysWhy() throws Exception {
        enrol(1);
        ledger.settle();
        ledger.projections.stop();
        ledger.database.execute("""
            insert into ledger.event
            select global_position + 1, 'walOfTomorrow', 0, 'NeverHeardOf', 1, gen_random_uuid(), occurred_at,
                   recorded_at, metadata, payload, salt, content_hash, previous_hash
            from ledger.event order by global_position desc limit 1
            """);
        ledger.database.execute("update projection.position set position = position + 1");

        RebuildState state = rebuilds.run(rebuilds.names(), OnDifference.KEEP);

        assertThat(state.phase()).isEqualTo(RebuildPhase.FAILED);
        assertThat(state.error()).contains("NeverHeardOf");
        assertThat(state.finishedAt()).isNotNull();
    }

    private Rebuilds rebuildsOf(List<Projection> projections) {
        return new Rebuilds(ledger.engine.log(), ledger.engine.codec(), ledger.database.connections(), projections);
    }

    private static TableComparison of(RebuildState state, String table) {
        return state.comparisons().stream()
                .filter(each -> each.table().equals(table))
                .findFirst()
                .orElseThrow();
    }

    private List<Enrolled> enrol(int count) {
        for (int i = 0; i < count; i++) {
            Enrolled customer = ledger.enrol(tenant, "user-" + customers.size());
            ledger.credit(customer.wallet(), 1_000);
            customers.add(customer);
        }
        return customers;
    }

    private void calls(int count) {
        for (int i = 0; i < count; i++) {
            Enrolled customer = customers.get(random.nextInt(customers.size()));
            HoldId hold = ledger.gatewayHold(customer, Money.ofDollars(1));
            if (random.nextInt(4) != 0) {
                ledger.capture(customer, hold, HoldOrigin.GATEWAY, new Money(1 + random.nextInt(1_000_000)));
            }
        }
    }

    /** A live row that is wrong and one that is missing. */
    private void spoil(Enrolled customer) throws SQLException {
        ledger.settle();
        ledger.database.execute("update projection.wallet set balance = balance + 1 where wallet_id = '%s'"
                .formatted(customer.wallet()));
        ledger.database.execute("""
            delete from projection.ledger_entry where (wallet_id, position) in (
                select wallet_id, position from projection.ledger_entry where wallet_id = '%s' limit 1)
            """.formatted(customer.wallet()));
    }

    private void isEqualToARebuild() {
        List<String> rows = ledger.dump();
        assertThat(ledger.rebuild().comparisons()).as("seed %d", seed).allMatch(TableComparison::isEqual);
        assertThat(ledger.dump()).as("seed %d", seed).isEqualTo(rows);
    }
}
