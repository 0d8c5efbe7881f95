package dev.purser.edge.idempotency;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The inline table of answers; its rows are written by the ledger, in the append of the events they tell about. */
public final class JdbcStoredAnswers implements StoredAnswers {
    private final JdbcClient jdbc;

    public JdbcStoredAnswers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<StoredAnswer> find(String scope, String key) {
        return jdbc.sql("""
            select request_hash, status, answer
            from inline.idempotency
            where scope = :scope and idempotency_key = :key
            """)
                .param("scope", scope)
                .param("key", key)
                .query((row, _) ->
                        new StoredAnswer(row.getBytes("request_hash"), row.getInt("status"), row.getBytes("answer")))
                .optional();
    }
}
