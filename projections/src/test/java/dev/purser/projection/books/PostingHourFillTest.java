package dev.purser.projection.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.CustomerId;
import dev.purser.domain.HoldId;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.WalletId;
import dev.purser.domain.wallet.WalletEvent.HoldReleased;
import dev.purser.domain.wallet.WalletEvent.WalletOpened;
import dev.purser.projection.TestDatabase;
import dev.purser.projection.engine.ProjectedEvent;
import dev.purser.projection.table.BulkRows;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** While the books are filled anew, hours that are over leave the memory. */
class PostingHourFillTest {
    private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");
    private static final int WALLETS = 5;
    private static final int HOURS = 200;

    @Test
    void onlyTheRunningHourIsKeptSoTheTableNeedsNoKeyEarly() throws Exception {
        try (TestDatabase database = TestDatabase.create();
                Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "select projection_next.create_table('book'), projection_next.create_table('posting_hour')");
            connection.setAutoCommit(false);
            statement.execute("truncate projection_next.book, projection_next.posting_hour");
            BulkRows rows = new BulkRows(connection, WALLETS);
            BooksProjection books = new BooksProjection();

            for (List<ProjectedEvent> batch : batches()) {
                books.apply(rows, batch);
            }
            rows.finish();
            connection.commit();

            assertThat(database.rows("select conname from pg_constraint where contype = 'p'"
                            + " and conrelid = 'projection_next.posting_hour'::regclass"))
                    .as("a key is what a table with too many open rows gets")
                    .isEmpty();
            assertThat(database.rows("select count(*) || ' ' || sum(wallet) from projection_next.posting_hour"))
                    .containsExactly(WALLETS * HOURS + " " + -2 * WALLETS * HOURS);
        }
    }

    /** Two events per wallet and hour; batches end within hours. */
    private static List<List<ProjectedEvent>> batches() {
        List<ProjectedEvent> events = new ArrayList<>();
        for (int wallet = 0; wallet < WALLETS; wallet++) {
            events.add(event(
                    events.size() + 1,
                    wallet,
                    BEGIN,
                    new WalletOpened(
                            new WalletId("wal" + wallet),
                            new CustomerId("cus" + wallet),
                            new OrganizationId("org1"),
                            new ProjectId("prj1"),
                            Mode.LIVE)));
        }
        for (int hour = 0; hour < HOURS; hour++) {
            for (int i = 0; i < 2 * WALLETS; i++) {
                Instant at = BEGIN.plus(Duration.ofHours(hour)).plusSeconds(i);
                events.add(
                        event(events.size() + 1, i % WALLETS, at, new HoldReleased(new HoldId("h" + i), new Money(1))));
            }
        }
        List<List<ProjectedEvent>> batches = new ArrayList<>();
        for (int from = 0; from < events.size(); from += 7) {
            batches.add(events.subList(from, Math.min(events.size(), from + 7)));
        }
        return batches;
    }

    private static ProjectedEvent event(long position, int wallet, Instant at, Object payload) {
        return new ProjectedEvent(position, "wal" + wallet, new UUID(0, position), at, payload);
    }
}
