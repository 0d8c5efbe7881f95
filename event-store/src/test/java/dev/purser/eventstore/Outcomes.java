package dev.purser.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** What callers were told, to be compared with what is in the log. Thread-safe. */
final class Outcomes implements Consumer<Outcome> {

    final Map<String, Long> acknowledged = new ConcurrentHashMap<>();

    /** Refused by a rule or turned away: in either case nothing may be stored. */
    private final Set<String> failed = ConcurrentHashMap.newKeySet();

    final Set<String> turnedAway = ConcurrentHashMap.newKeySet();
    final Set<String> unknown = ConcurrentHashMap.newKeySet();
    private final Queue<Outcome> refusals = new ConcurrentLinkedQueue<>();
    private final Queue<Outcome> surprises = new ConcurrentLinkedQueue<>();
    private final LongAdder foundDone = new LongAdder();

    @Override
    public void accept(Outcome outcome) {
        switch (outcome.kind()) {
            case ACKNOWLEDGED -> acknowledged.put(outcome.reference(), outcome.number());
            case REFUSED -> {
                refusals.add(outcome);
                failed.add(outcome.reference());
            }
            case FAILED -> {
                turnedAway.add(outcome.reference());
                failed.add(outcome.reference());
            }
            case UNKNOWN -> unknown.add(outcome.reference());
            case FOUND_DONE -> foundDone.increment();
            case SURPRISE -> surprises.add(outcome);
        }
    }

    @Override
    public String toString() {
        return "%d acknowledged, %d refused, %d turned away, %d unknown, %d found done on retry"
                .formatted(acknowledged.size(), refusals.size(), turnedAway.size(), unknown.size(), foundDone.sum());
    }

    /** Checks the log, the answers against it, and the states in memory and after a restart. */
    void verify(Ledger ledger, long seed) {
        System.out.printf("seed %d: %s%n", seed, this);
        assertThat(surprises).as("unexpected failures, seed %d", seed).isEmpty();
        assertThat(acknowledged).as("seed %d", seed).hasSizeGreaterThan(200);
        check(ledger, seed);
        ledger.restart();
        check(ledger, seed);
    }

    private void check(Ledger ledger, long seed) {
        Audit audit = Audit.of(ledger.engine.log(), ledger.engine.codec());
        acknowledged.forEach((reference, balance) -> {
            assertThat(audit.references.get(reference))
                    .as("%s, seed %d", reference, seed)
                    .isEqualTo(1);
            assertThat(audit.balanceAfter.get(reference))
                    .as("%s, seed %d", reference, seed)
                    .isEqualTo(balance);
        });
        failed.forEach(reference -> assertThat(audit.references)
                .as("%s failed, seed %d", reference, seed)
                .doesNotContainKey(reference));
        refusals.forEach(refusal -> assertThat(audit.balancesSeen.get(refusal.account()))
                .as("a refusal quotes a balance that was stored, seed %d", seed)
                .contains(refusal.number()));
        assertThat(audit.references.values()).as("seed %d", seed).containsOnly(1);
        audit.balances.forEach((account, balance) -> assertThat(ledger.balance(account))
                .as("%s, seed %d", account, seed)
                .isEqualTo(balance));
        assertThat(ledger.engine.streamsInFlight()).isZero();
    }
}
