package dev.purser.eventstore;

import dev.purser.eventstore.inline.ColumnType;
import dev.purser.eventstore.inline.InlineRow;
import dev.purser.eventstore.inline.InlineTable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** The table of idempotent answers, as the product will use it. */
final class Answers {

    static final InlineTable TABLE = InlineTable.named("inline.idempotency")
            .key("scope", ColumnType.TEXT)
            .key("idempotency_key", ColumnType.TEXT)
            .value("request_hash", ColumnType.BYTES)
            .value("status", ColumnType.INTEGER)
            .value("answer", ColumnType.BYTES)
            .value("created_at", ColumnType.TIMESTAMP)
            .build();

    private Answers() {}

    /** Stores the answer of a command under a key that must be new. */
    static Function<Object, List<InlineRow>> under(String key) {
        return answer -> List.of(claim(key, String.valueOf(answer)));
    }

    static InlineRow claim(String key, String answer) {
        return TABLE.claim(
                "test",
                key,
                new byte[] {1},
                200,
                answer.getBytes(StandardCharsets.UTF_8),
                Instant.parse("2026-01-01T00:00:00Z"));
    }
}
