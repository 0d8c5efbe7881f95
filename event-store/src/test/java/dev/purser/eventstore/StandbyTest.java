package dev.purser.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Several processes on one ledger: one leads, the others wait to. */
class StandbyTest {

    private static final Duration TAKE_OVER = Duration.ofSeconds(5);

    private static Ledger start(TestDatabase database, UnaryOperator<LedgerEngineBuilder> more) {
        return Ledger.start(database, builder -> more.apply(builder.standby(true)));
    }

    private static Ledger follow(Ledger leader) {
        return start(leader.database, builder -> builder);
    }

    @Test
    void aFollowerRefusesCommandsAndLeadsWhenTheLeaderStops() throws InterruptedException {
        try (TestDatabase database = TestDatabase.create();
                Ledger first = start(database, builder -> builder)) {
            Ledger second = follow(first);
            List<Boolean> told = new CopyOnWriteArrayList<>();
            second.engine.onLeadChange(told::add);
            first.open("acc1");
            first.credit("acc1", 100);
            assertThat(first.engine.isLeading()).isTrue();
            assertThat(second.engine.isLeading()).isFalse();
            assertThatThrownBy(() -> second.credit("acc1", 1)).isInstanceOf(NotLeading.class);
            assertThat(second.engine.log().head()).isEqualTo(2);

            first.engine.stop();
            long waited = awaitLead(second);
            assertThat(waited).isLessThan(TAKE_OVER.toMillis());
            assertThat(told).containsExactly(true);
            assertThat(second.debit("acc1", 40)).isEqualTo(60);
            second.engine.stop();
        }
    }

    @Test
    void aFollowersStateIsThatOfTheLogWhenItLeadsAgain() throws InterruptedException {
        try (TestDatabase database = TestDatabase.create();
                Ledger first = start(database, builder -> builder)) {
            Ledger second = follow(first);
            first.open("acc1");
            first.credit("acc1", 100);
            for (int round = 0; round < 3; round++) {
                // A hundred here is in the cache of whoever led before.
                database.killLeader();
                Ledger leads = awaitEither(first, second);
                Ledger follows = leads == first ? second : first;
                assertThat(leads.debit("acc1", 10)).isEqualTo(90 - 20L * round);
                leads.engine.stop();
                awaitLead(follows);
                assertThat(follows.debit("acc1", 10)).isEqualTo(80 - 20L * round);
                leads.restart();
            }
            Audit audit = Audit.of(first.engine.log(), first.engine.codec());
            assertThat(audit.balances).containsEntry("acc1", 40L);
            second.engine.stop();
        }
    }

    @Test
    void aLeaderCutOffFromTheDatabaseLosesTheLeadAndItsCallersAreToldWhoLeads() throws Exception {
        try (SilentProxy proxy = new SilentProxy();
                TestDatabase database = TestDatabase.create();
                Ledger first = start(database, through(proxy, database))) {
            Ledger second = follow(first);
            first.open("acc1");
            first.credit("acc1", 100);
            proxy.cut();
            CompletableFuture<Long> lost = first.engine.dispatch(new Account.Debit(50, null), "acc1", Map.of(), null);
            assertThat(awaitLead(second)).isLessThan(TAKE_OVER.toMillis());
            assertThat(second.debit("acc1", 30)).isEqualTo(70);

            assertThatThrownBy(() -> lost.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(NotLeading.class);
            assertThat(first.engine.isLeading()).isFalse();
            assertThatThrownBy(() -> first.credit("acc1", 1)).isInstanceOf(NotLeading.class);
            second.engine.stop();
            awaitLead(first);
            assertThat(first.credit("acc1", 1)).isEqualTo(71);
        }
    }

    @Test
    void whatACutOffLeaderStoredIsFoundWhenAnotherLeads() throws Exception {
        try (SilentProxy proxy = new SilentProxy();
                TestDatabase database = TestDatabase.create();
                Ledger first = start(database, through(proxy, database))) {
            Ledger second = follow(first);
            first.open("acc1");
            first.credit("acc1", 100);
            database.slowDownInserts();
            CompletableFuture<Long> unheard =
                    first.engine.dispatch(new Account.Debit(50, null), "acc1", Map.of(), null);
            database.awaitWriterWaitingFor("PgSleep");
            proxy.cutAnswers();
            awaitLead(second);
            assertThat(second.debit("acc1", 30)).isEqualTo(20);
            assertThat(unheard.get(20, TimeUnit.SECONDS)).isEqualTo(50);
            second.engine.stop();
        }
    }

    // A writer whose dead connection is noticed after some seconds, as in the product.
    private static UnaryOperator<LedgerEngineBuilder> through(SilentProxy proxy, TestDatabase database) {
        return builder -> builder.writes(database.writesThrough(proxy.port(), 6));
    }

    private static long awaitLead(Ledger ledger) throws InterruptedException {
        long begin = System.nanoTime();
        while (!ledger.engine.isLeading()) {
            long waited = (System.nanoTime() - begin) / 1_000_000;
            assertThat(waited).as("nobody has taken the lead").isLessThan(30_000);
            Thread.sleep(10);
        }
        return (System.nanoTime() - begin) / 1_000_000;
    }

    private static Ledger awaitEither(Ledger one, Ledger other) throws InterruptedException {
        long begin = System.nanoTime();
        while (true) {
            for (Ledger ledger : List.of(one, other)) {
                if (ledger.engine.isLeading() && takesCommands(ledger)) {
                    return ledger;
                }
            }
            assertThat(System.nanoTime() - begin).as("nobody leads").isLessThan(30_000_000_000L);
            Thread.sleep(10);
        }
    }

    private static boolean takesCommands(Ledger ledger) {
        try {
            ledger.open("acc" + System.nanoTime());
            return true;
        } catch (LedgerFailure e) {
            return false;
        }
    }
}
