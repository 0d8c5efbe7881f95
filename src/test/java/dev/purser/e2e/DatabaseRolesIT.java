package dev.purser.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The running application may add events and read them; nothing of its own can change the past. */
class DatabaseRolesIT {
    private final Product product = Product.shared();

    @Test
    void theApplicationsRoleCannotChangeTheLog() {
        Tenant.of(product).mintWith(1);
        try (LedgerDatabase database = LedgerDatabase.asApplication(product)) {
            assertThat(database.number("select count(*) from ledger.event")).isPositive();
            for (String statement : List.of(
                    "update ledger.event set payload = payload",
                    "delete from ledger.event",
                    "truncate ledger.event",
                    "drop table ledger.event",
                    "alter table ledger.event add column more text",
                    "create table ledger.more (id int)",
                    "create index on ledger.event (type)",
                    "create trigger t before insert on ledger.event execute function"
                            + " suppress_redundant_updates_trigger()",
                    "create schema more",
                    "create role more")) {
                assertThatThrownBy(() -> database.execute(statement))
                        .rootCause()
                        .as(statement)
                        .message()
                        .containsAnyOf("permission denied", "must be owner");
            }
        }
    }

    @Test
    void theDatabaseIsDurable() {
        try (LedgerDatabase database = LedgerDatabase.asSuperuser(product)) {
            for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                assertThat(database.rows("show " + setting)).as(setting).containsExactly("on");
            }
        }
    }
}
