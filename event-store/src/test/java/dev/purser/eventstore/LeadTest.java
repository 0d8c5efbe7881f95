package dev.purser.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LeadTest {

    private static EngineLimits waiting(Duration leadWait, Duration recoverFor) {
        EngineLimits limits = EngineLimits.defaults();
        return new EngineLimits(
                limits.queuedAppends(),
                limits.queuedBytes(),
                limits.batchAppends(),
                limits.batchBytes(),
                limits.cachedAggregates(),
                limits.knownHeads(),
                limits.attempts(),
                leadWait,
                recoverFor,
                limits.snapshotEvery());
    }

    @Test
    void aSecondWriterOnOneDatabaseIsRefusedUntilTheFirstGivesUp() {
        EngineLimits limits = waiting(Duration.ofMillis(300), Duration.ofSeconds(5));
        try (Ledger ledger = Ledger.start(builder -> builder.limits(limits))) {
            ledger.open("acc1");
            LedgerEngine second = ledger.newEngine();
            assertThatThrownBy(second::start)
                    .isInstanceOf(LedgerUnavailable.class)
                    .hasMessageContaining("another process writes to this ledger");
            ledger.engine.stop();
            ledger.engine = ledger.newEngine();
            ledger.engine.start();
            assertThat(ledger.credit("acc1", 5)).isEqualTo(5);
        }
    }

    @Test
    void whatOneWriterMissedWhileAnotherLedIsNoticedWhenItLeadsAgain() throws Exception {
        EngineLimits limits = waiting(Duration.ofSeconds(10), Duration.ZERO);
        try (Ledger ledger = Ledger.start(builder -> builder.limits(limits))) {
            ledger.open("acc1");
            ledger.credit("acc1", 100);
            ledger.open("acc2");
            LedgerEngine other = ledger.newEngine();
            Thread start = Thread.startVirtualThread(() -> startUnlessCutOff(other));
            // Whoever leads loses its sessions, and sooner or later the other gets in between.
            OptionalLong answer = OptionalLong.empty();
            while (answer.isEmpty()) {
                ledger.database.killLeader();
                Thread.sleep(30);
                answer = start.isAlive() ? answer : sent(other, "acc1", new Account.Debit(90, null));
            }
            assertThat(answer).hasValue(10);
            assertThatThrownBy(() -> ledger.credit("acc1", 1)).isInstanceOf(LedgerFailure.class);
            other.stop();

            // The first had a hundred in its cache, but ten are left.
            sendWhenItLeads(ledger.engine, "acc2", new Account.Credit(5, null));
            assertThat(ledger.balance("acc1")).isEqualTo(10);
            assertThat(ledger.credit("acc1", 1)).isEqualTo(11);
            Audit audit = Audit.of(ledger.engine.log(), ledger.engine.codec());
            assertThat(audit.balances).isEqualTo(Map.of("acc1", 11L, "acc2", 5L));
        }
    }

    private static void startUnlessCutOff(LedgerEngine engine) {
        while (true) {
            try {
                engine.start();
                return;
            } catch (LedgerUnavailable e) {
                // Its sessions were the ones that were killed.
            }
        }
    }

    private static long sendWhenItLeads(LedgerEngine engine, String account, Object command)
            throws InterruptedException {
        while (true) {
            OptionalLong answer = sent(engine, account, command);
            if (answer.isPresent()) {
                return answer.getAsLong();
            }
            Thread.sleep(20);
        }
    }

    private static OptionalLong sent(LedgerEngine engine, String account, Object command) {
        try {
            Long answer = engine.send(command, account, Map.of(), null);
            return OptionalLong.of(answer);
        } catch (LedgerUnavailable e) {
            return OptionalLong.empty();
        }
    }

    @Test
    void whoeverMayStillBeCommittingInASecondSessionIsWaitedFor() throws Exception {
        EngineLimits limits = waiting(Duration.ofSeconds(10), Duration.ZERO);
        try (Ledger ledger = Ledger.start(builder -> builder.limits(limits))) {
            ledger.open("acc1");
            ledger.engine.stop();
            LedgerEngine other = ledger.newEngine();
            try (Connection old = ledger.database.connect(TestDatabase.APP);
                    Statement lock = old.createStatement()) {
                lock.execute("select pg_advisory_lock(x'7075727365724C32'::bigint)");
                assertThatThrownBy(other::start)
                        .isInstanceOf(LedgerUnavailable.class)
                        .hasMessageContaining("has not given up the lead");
            }
            startUnlessCutOff(other);
            assertThat(sendWhenItLeads(other, "acc1", new Account.Credit(7, null)))
                    .isEqualTo(7);
            other.stop();
        }
    }

    @Test
    void anIdleWritersLostConnectionIsReplaced() throws InterruptedException {
        try (Ledger ledger = Ledger.start()) {
            ledger.open("acc1");
            ledger.database.killWriter();
            String sessions = "select count(*) from pg_stat_activity where application_name = 'ledger-writer'"
                    + " and datname = current_database()";
            while (ledger.database.value(sessions).equals("0")) {
                Thread.sleep(50);
            }
            assertThat(ledger.credit("acc1", 5)).isEqualTo(5);
        }
    }

    @Test
    void aStoppedEngineAnswersThatItIsNotRunning() {
        Ledger ledger = Ledger.start();
        ledger.open("acc1");
        ledger.close();
        assertThatThrownBy(() -> ledger.credit("acc1", 1)).isInstanceOf(LedgerUnavailable.class);
    }
}
