package dev.purser.payments.reconciliation;

import dev.purser.domain.Mode;
import dev.purser.edge.json.Json;
import dev.purser.payments.stripe.StripeApi;
import dev.purser.payments.stripe.StripeClients;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds Stripe's records against ours, one run at a time. Each run goes an hour further back than the last one came to,
 * because Stripe's clock is not ours and lists fill up late; the first one to the installation's first start, as far as Stripe
 * keeps events. What was found before is looked at again, the oldest 1,000 of it. Thread-safe.
 */
public final class Reconciliations {
    private static final Logger log = LoggerFactory.getLogger(Reconciliations.class);
    private static final Duration OVERLAP = Duration.ofHours(1);
    private static final Duration EVENTS_ARE_KEPT = Duration.ofDays(30);
    private static final int LOOKED_AT_AGAIN = 1_000;
    private static final int SHOWN = 1_000;

    /** So many events may wait for another try; with more of them the lists are read again from where this run began. */
    private static final int MAX_WAITING = 1_000;

    private final StripeClients stripes;
    private final Reconciliation reconciliation;
    private final ReportTable reports;
    private final Findings findings;
    private final Instant installedAt;
    private final Clock clock;
    private final ReentrantLock oneAtATime = new ReentrantLock();

    /** @param installedAt nothing at Stripe that is older concerns this installation */
    public Reconciliations(
            StripeClients stripes,
            Reconciliation reconciliation,
            ReportTable reports,
            Findings findings,
            Instant installedAt,
            Clock clock) {
        this.stripes = stripes;
        this.reconciliation = reconciliation;
        this.reports = reports;
        this.findings = findings;
        this.installedAt = installedAt;
        this.clock = clock;
    }

    /** Goes over every mode, also when one of them fails; waits for a run under way. */
    public void run() {
        oneAtATime.lock();
        try {
            RuntimeException failure = null;
            for (StripeApi stripe : stripes.all()) {
                try {
                    run(stripe);
                } catch (RuntimeException e) {
                    failure = e;
                }
            }
            if (failure != null) {
                throw failure;
            }
        } finally {
            oneAtATime.unlock();
        }
    }

    boolean isRunning() {
        return oneAtATime.isLocked();
    }

    /** The last report of each mode, and what does not match. */
    List<Map<String, @Nullable Object>> reports() {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        reports.reports().forEach((mode, report) -> {
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            JsonMapper.shared()
                    .readTree(report)
                    .properties()
                    .forEach(field -> json.put(field.getKey(), field.getValue()));
            json.put("found", findings.count(mode));
            json.put("findings", findings.list(mode, SHOWN));
            all.add(json);
        });
        return all;
    }

    private void run(StripeApi stripe) {
        Mode mode = stripe.mode();
        Instant now = clock.instant();
        Instant since = since(reports.upTo(mode).orElse(installedAt), now);
        Report report = new Report(mode, since, now);
        List<Finding> before = findings.oldest(mode, LOOKED_AT_AGAIN);
        try {
            reconciliation.run(stripe, since, now, before, report);
        } catch (RuntimeException e) {
            keep(mode, now, report);
            store(mode, null, report, String.valueOf(e.getMessage()));
            throw e;
        }
        boolean complete = keep(mode, now, report);
        before.stream().filter(finding -> !report.has(finding)).forEach(finding -> findings.resolve(mode, finding));
        store(mode, complete ? now : null, report, complete ? null : "too many findings: read again from here");
        if (report.numberCaughtUp() > 0 || !report.findings().isEmpty()) {
            log.warn(
                    "reconciliation ({}): {} payments that no webhook had told, {} findings: GET"
                            + " /v1/admin/reconciliations",
                    mode.wireName(),
                    report.numberCaughtUp(),
                    report.findings().size());
        }
    }

    /** Where the lists are read from; a time in the future, by a clock that was wrong, counts as now. */
    static Instant since(Instant upTo, Instant now) {
        Instant wanted = (upTo.isAfter(now) ? now : upTo).minus(OVERLAP);
        Instant oldest = now.minus(EVENTS_ARE_KEPT);
        return wanted.isBefore(oldest) ? oldest : wanted;
    }

    /** False when not all of it could be kept. */
    private boolean keep(Mode mode, Instant now, Report report) {
        boolean kept = !report.isOverfull();
        for (Finding finding : report.findings()) {
            kept &= findings.add(mode, finding, now);
        }
        return kept && findings.count(mode, Finding.Kind.EVENT_FAILED) <= MAX_WAITING;
    }

    private void store(Mode mode, @Nullable Instant upTo, Report report, @Nullable String failure) {
        byte[] json = Json.bytes(report.json(clock.instant(), failure));
        reports.store(mode, upTo, new String(json, StandardCharsets.UTF_8));
    }
}
