package dev.purser.payments.reconciliation;

import dev.purser.domain.Mode;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The last report of each mode, and the time up to which all has been read. Thread-safe. */
public final class ReportTable {
    private final JdbcClient jdbc;

    public ReportTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Instant> upTo(Mode mode) {
        return jdbc.sql("select up_to from inline.reconciliation where mode = :mode and up_to is not null")
                .param("mode", mode.wireName())
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
    }

    /** @param upTo null: the run was not completed, and the time stays what it was */
    void store(Mode mode, @Nullable Instant upTo, String report) {
        jdbc.sql("""
            insert into inline.reconciliation (mode, up_to, report) values (:mode, :upTo::timestamptz, :report)
            on conflict (mode) do update
            set up_to = coalesce(excluded.up_to, reconciliation.up_to), report = excluded.report
            """)
                .param("mode", mode.wireName())
                .param("upTo", upTo == null ? null : Timestamp.from(upTo))
                .param("report", report)
                .update();
    }

    /** JSON, live before test. */
    Map<Mode, String> reports() {
        Map<Mode, String> reports = new LinkedHashMap<>();
        RowCallbackHandler each = row -> reports.put(Mode.ofWireName(row.getString(1)), row.getString(2));
        jdbc.sql("select mode, report from inline.reconciliation order by mode").query(each);
        return reports;
    }
}
