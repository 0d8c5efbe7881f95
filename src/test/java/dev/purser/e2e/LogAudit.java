package dev.purser.e2e;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

/** What holds of the log whatever has happened. */
final class LogAudit {
    private LogAudit() {}

    /** Positions and sequences without gaps, hashes chained, no event twice, recording times in order. */
    static void assertWhole(LedgerDatabase database, String what) {
        assertThat(database.number("select max(global_position) - count(*) from ledger.event"))
                .as("%s: gaps in the positions", what)
                .isZero();
        assertThat(database.rows("""
            select stream, sequence from (
                select stream, sequence, previous_hash,
                       row_number() over w - 1 as expected_sequence,
                       lag(content_hash, 1, decode(repeat('00', 32), 'hex')) over w as expected_hash
                from ledger.event window w as (partition by stream order by sequence)) chained
            where sequence <> expected_sequence or previous_hash <> expected_hash
            """)).as("%s: broken streams", what).isEmpty();
        assertThat(database.rows("""
            select global_position from (
                select global_position, recorded_at, lag(recorded_at) over (order by global_position) as before
                from ledger.event) timed
            where recorded_at < before
            """))
                .as("%s: recording times that go back", what)
                .isEmpty();
        Map<String, Long> duplicates = database.rows("select event_id::text from ledger.event").stream()
                .collect(groupingBy(id -> id, counting()));
        assertThat(duplicates.values()).as("%s: event ids", what).allMatch(times -> times == 1);
    }
}
