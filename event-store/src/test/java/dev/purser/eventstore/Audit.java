package dev.purser.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.eventstore.codec.EventCodec;
import dev.purser.eventstore.log.EventHash;
import dev.purser.eventstore.log.EventLog;
import dev.purser.eventstore.log.StoredEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a whole log and checks everything that must hold of any: no gap, whole chains, no account below zero. */
final class Audit {

    /** How often each reference is in the log. */
    final Map<String, Integer> references = new HashMap<>();

    /** The balance of each account after each reference. */
    final Map<String, Long> balanceAfter = new HashMap<>();

    /** The last balance of each account. */
    final Map<String, Long> balances = new HashMap<>();

    /** Every balance that each account ever had. */
    final Map<String, Set<Long>> balancesSeen = new HashMap<>();

    private Audit() {}

    static Audit of(EventLog log, EventCodec codec) {
        Audit audit = new Audit();
        Map<String, StoredEvent> lastOfStream = new HashMap<>();
        Instant recordedAt = Instant.EPOCH;
        long position = 0;
        while (true) {
            List<StoredEvent> events = log.after(position, EventLog.MAX_LIMIT);
            if (events.isEmpty()) {
                return audit;
            }
            for (StoredEvent event : events) {
                assertThat(event.position()).as("positions are contiguous").isEqualTo(position + 1);
                assertThat(event.recordedAt()).as("%s", event).isAfterOrEqualTo(recordedAt);
                StoredEvent previous = lastOfStream.put(event.stream(), event);
                assertThat(event.sequence()).as("%s", event).isEqualTo(previous == null ? 0 : previous.sequence() + 1);
                assertThat(event.previousHash())
                        .as("%s", event)
                        .isEqualTo(previous == null ? EventHash.none() : previous.contentHash());
                assertThat(event.isIntact()).as("%s is intact", event).isTrue();
                audit.apply(event.stream(), event.decode(codec));
                position = event.position();
                recordedAt = event.recordedAt();
            }
        }
    }

    private void apply(String account, Object event) {
        switch (event) {
            case Account.Event.AccountOpened ignored -> add(account, 0, null);
            case Account.Event.AccountCredited credited -> add(account, credited.amount(), credited.reference());
            case Account.Event.AccountDebited debited -> add(account, -debited.amount(), debited.reference());
            default -> throw new AssertionError("unexpected event " + event);
        }
    }

    private void add(String account, long amount, @Nullable String reference) {
        long balance = balances.merge(account, amount, Long::sum);
        assertThat(balance).as("balance of %s", account).isNotNegative();
        balancesSeen.computeIfAbsent(account, ignored -> new HashSet<>()).add(balance);
        if (reference != null) {
            references.merge(reference, 1, Integer::sum);
            balanceAfter.put(reference, balance);
        }
    }
}
