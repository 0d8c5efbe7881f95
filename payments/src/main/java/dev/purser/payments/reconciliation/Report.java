package dev.purser.payments.reconciliation;

import dev.purser.domain.Mode;
import dev.purser.edge.wire.Times;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one run has seen. Not thread-safe. */
final class Report {
    private final Mode mode;
    private final Instant since;
    private final Instant startedAt;
    private final Map<String, Finding> findings = new LinkedHashMap<>();
    private boolean overfull;
    private int events;
    private int payments;
    private int caughtUp;

    Report(Mode mode, Instant since, Instant startedAt) {
        this.mode = mode;
        this.since = since;
        this.startedAt = startedAt;
    }

    void readEvent() {
        events++;
    }

    void comparedPayment() {
        payments++;
    }

    /** A payment or refund that no webhook had told. */
    void caughtUp() {
        caughtUp++;
    }

    /** The same fault of the same top-up counts once. */
    void add(Finding finding) {
        if (findings.size() < Findings.MAX_KEPT || has(finding)) {
            findings.putIfAbsent(key(finding), finding);
        } else {
            overfull = true;
        }
    }

    boolean has(Finding finding) {
        return findings.containsKey(key(finding));
    }

    Collection<Finding> findings() {
        return findings.values();
    }

    /** Whether there was more than can be kept. */
    boolean isOverfull() {
        return overfull;
    }

    int numberCaughtUp() {
        return caughtUp;
    }

    /** @param failure why the run stopped early; the next one begins where this one did */
    Map<String, @Nullable Object> json(Instant finishedAt, @Nullable String failure) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("mode", mode.wireName());
        json.put("since", Times.iso(since));
        json.put("startedAt", Times.iso(startedAt));
        json.put("finishedAt", Times.iso(finishedAt));
        json.put("events", events);
        json.put("payments", payments);
        json.put("caughtUp", caughtUp);
        json.put("failure", failure);
        return json;
    }

    private static String key(Finding finding) {
        return finding.kind() + " " + finding.subject();
    }
}
