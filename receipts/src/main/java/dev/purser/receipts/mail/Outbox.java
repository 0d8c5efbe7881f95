package dev.purser.receipts.mail;

import dev.purser.domain.TopUpId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The letters that are due. Any number of processes may use it at once. */
final class Outbox {
    /** Settlements and refunds among so many events are noted in one transaction. */
    private static final int RANGE = 100_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    /** A letter about the event at a position. */
    record Letter(long position, TopUpId topUpId, int attempts) {}

    Outbox(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    /** Where to begin: who turns mail on does not want letters about all that was ever paid. */
    void beginAt(long position) {
        jdbc.sql("insert into receipt.bookmark (position) values (:position) on conflict do nothing")
                .param("position", position)
                .update();
    }

    /** Notes the documents of the events up to a position; false when it has not come that far. */
    boolean note(long upTo) {
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            Optional<Long> from = jdbc.sql("select position from receipt.bookmark for update skip locked")
                    .query(Long.class)
                    .optional();
            if (from.isEmpty() || from.get() >= upTo) {
                return true;
            }
            long to = Math.min(upTo, from.get() + RANGE);
            jdbc.sql("""
                insert into receipt.mail (position, topup_id, state)
                select global_position, stream, 'waiting' from ledger.event
                where global_position > :from and global_position <= :to and type in ('TopUpSettled', 'TopUpRefunded')
                on conflict do nothing
                """).param("from", from.get()).param("to", to).update();
            jdbc.sql("update receipt.bookmark set position = :to")
                    .param("to", to)
                    .update();
            return to == upTo;
        }));
    }

    List<Letter> due(int limit) {
        return jdbc.sql("""
            select position, topup_id, attempts from receipt.mail
            where state = 'waiting' and due_at <= now() order by due_at, position limit :limit
            """)
                .param("limit", limit)
                .query((row, _) -> new Letter(row.getLong(1), new TopUpId(row.getString(2)), row.getInt(3)))
                .list();
    }

    void sent(Letter letter) {
        close(letter, "sent");
    }

    void noAddress(Letter letter) {
        close(letter, "no_address");
    }

    private void close(Letter letter, String state) {
        jdbc.sql("""
            update receipt.mail set state = :state, error = null, changed_at = now() where position = :position
            """).param("state", state).param("position", letter.position()).update();
    }

    void tryAgain(Letter letter, String error, Duration in) {
        jdbc.sql("""
            update receipt.mail set attempts = attempts + 1, error = :error, changed_at = now(),
                   due_at = now() + :seconds * interval '1 second'
            where position = :position
            """)
                .param("error", error)
                .param("seconds", in.toSeconds())
                .param("position", letter.position())
                .update();
    }

    void giveUp(Letter letter, String error) {
        jdbc.sql("""
            update receipt.mail set state = 'failed', attempts = attempts + 1, error = :error, changed_at = now()
            where position = :position
            """).param("error", error).param("position", letter.position()).update();
    }
}
