package dev.purser.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database itself lets the application's role do. */
class RolesTest {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private static Ledger ledger;

    @BeforeAll
    static void start() {
        ledger = Ledger.start();
        ledger.open("acc1");
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update ledger.event set payload = ''",
                "delete from ledger.event",
                "truncate ledger.event",
                "drop table ledger.event",
                "alter table ledger.event add column x int",
                "alter table ledger.event disable trigger all",
                "create table ledger.other (x int)",
                "create table inline.other (x int)",
                "create index on ledger.event (type)",
                "create table cache.other (x int)",
                "drop table cache.snapshot",
            })
    void theApplicationCannotChangeWhatIsStored(String statement) throws SQLException {
        try (Connection app = ledger.database.connect(TestDatabase.APP);
                Statement sql = app.createStatement()) {
            assertThatThrownBy(() -> sql.execute(statement))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refused -> assertThat(refused.getSQLState()).isEqualTo(INSUFFICIENT_PRIVILEGE));
        }
        assertThat(ledger.engine.log().stream("acc1")).hasSize(1);
    }

    @Test
    void theApplicationHasAllRightsOnReadModelsAndMayRemoveInlineRowsAndWhatIsCached() throws SQLException {
        try (Connection app = ledger.database.connect(TestDatabase.APP);
                Statement sql = app.createStatement()) {
            sql.execute("create table projection.balance (account text primary key)");
            sql.execute("drop table projection.balance");
            assertThat(sql.executeUpdate("delete from inline.idempotency")).isZero();
            assertThat(sql.executeUpdate("delete from inline.customer_key")).isZero();
            assertThat(sql.executeUpdate("delete from cache.snapshot")).isZero();
        }
    }

    @Test
    void theTestServerIsDurableAsInProduction() {
        assertThat(ledger.database.value("show fsync")).isEqualTo("on");
        assertThat(ledger.database.value("show synchronous_commit")).isEqualTo("on");
        assertThat(ledger.database.value("show full_page_writes")).isEqualTo("on");
    }
}
