package dev.purser.payments.reconciliation;

import dev.purser.domain.Mode;
import dev.purser.edge.wire.Times;
import dev.purser.payments.reconciliation.Finding.Kind;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** All that does not match, of every mode, from when it was first seen until it is resolved. Thread-safe. */
public final class Findings {
    /** Of each mode; what comes beyond is found again when there is room. */
    static final int MAX_KEPT = 10_000;

    private static final String SAME = " where mode = :mode and kind = :kind and subject = :subject";

    private final JdbcClient jdbc;

    public Findings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False when there is no room for another one. */
    public boolean add(Mode mode, Finding finding, Instant at) {
        int seenAgain = jdbc.sql("update inline.reconciliation_finding"
                        + " set stripe_id = :stripe, message = :message, last_seen = :at" + SAME)
                .param("mode", mode.wireName())
                .param("kind", finding.kind().name())
                .param("subject", finding.subject())
                .param("stripe", finding.stripeId())
                .param("message", finding.message())
                .param("at", Timestamp.from(at))
                .update();
        return seenAgain > 0 || (count(mode) < MAX_KEPT && insert(mode, finding, at));
    }

    private boolean insert(Mode mode, Finding finding, Instant at) {
        jdbc.sql("""
            insert into inline.reconciliation_finding
            values (:mode, :kind, :subject, :topUp, :stripe, :message, :at, :at) on conflict do nothing
            """)
                .param("mode", mode.wireName())
                .param("kind", finding.kind().name())
                .param("subject", finding.subject())
                .param("topUp", finding.topUpId())
                .param("stripe", finding.stripeId())
                .param("message", finding.message())
                .param("at", Timestamp.from(at))
                .update();
        return true;
    }

    void resolve(Mode mode, Finding finding) {
        jdbc.sql("delete from inline.reconciliation_finding" + SAME)
                .param("mode", mode.wireName())
                .param("kind", finding.kind().name())
                .param("subject", finding.subject())
                .update();
    }

    /** Those that were not seen for the longest time. */
    List<Finding> oldest(Mode mode, int limit) {
        return jdbc.sql("""
            select kind, topup_id, stripe_id, message from inline.reconciliation_finding
            where mode = :mode order by last_seen, kind, subject limit :limit
            """)
                .param("mode", mode.wireName())
                .param("limit", limit)
                .query((row, _) -> new Finding(
                        Kind.valueOf(row.getString(1)), row.getString(2), row.getString(3), row.getString(4)))
                .list();
    }

    int count(Mode mode) {
        return jdbc.sql("select count(*)::int from inline.reconciliation_finding where mode = :mode")
                .param("mode", mode.wireName())
                .query(Integer.class)
                .single();
    }

    int count(Mode mode, Kind kind) {
        return jdbc.sql("select count(*)::int from inline.reconciliation_finding where mode = :mode and kind = :kind")
                .param("mode", mode.wireName())
                .param("kind", kind.name())
                .query(Integer.class)
                .single();
    }

    /** As the operator sees them, the newest first. */
    List<Map<String, @Nullable Object>> list(Mode mode, int limit) {
        return jdbc.sql("""
            select kind, topup_id, stripe_id, message, first_seen, last_seen from inline.reconciliation_finding
            where mode = :mode order by first_seen desc, kind, subject limit :limit
            """)
                .param("mode", mode.wireName())
                .param("limit", limit)
                .query((row, _) -> {
                    Map<String, @Nullable Object> json = new LinkedHashMap<>();
                    json.put("kind", row.getString(1).toLowerCase(Locale.ROOT));
                    json.put("topUpId", row.getString(2));
                    json.put("stripeId", row.getString(3));
                    json.put("message", row.getString(4));
                    json.put("firstSeen", Times.iso(row.getTimestamp(5).toInstant()));
                    json.put("lastSeen", Times.iso(row.getTimestamp(6).toInstant()));
                    return json;
                })
                .list();
    }
}
