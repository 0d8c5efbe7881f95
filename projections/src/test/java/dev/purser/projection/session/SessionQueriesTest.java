package dev.purser.projection.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.Fingerprint;
import dev.purser.domain.Money;
import dev.purser.domain.SessionId;
import dev.purser.domain.session.SessionCommand.MintSession;
import dev.purser.domain.session.SessionCommand.RefreshSession;
import dev.purser.domain.session.SessionCommand.RevokeSession;
import dev.purser.eventstore.secret.Ids;
import dev.purser.projection.TestLedger;
import dev.purser.projection.TestLedger.Enrolled;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionQueriesTest {
    private final TestLedger ledger = TestLedger.start();
    private final SessionQueries queries = new SessionQueries(ledger.database.dataSource());

    @AfterAll
    void stop() {
        ledger.close();
    }

    @Test
    void aSessionShowsItsSpendAndItsEnd() {
        Enrolled customer = ledger.enrol(ledger.tenant(), "a");
        ledger.credit(customer.wallet(), 10);
        ledger.call(customer, Money.ofDollars(1), Money.ofDollars(1));
        ledger.call(customer, Money.ofDollars(1), new Money(5));
        Instant refreshedAt = Instant.now().plusSeconds(60);
        ledger.send(new RefreshSession(
                customer.session(),
                0,
                new Fingerprint(TestLedger.fingerprint("new" + customer.session())),
                refreshedAt));
        ledger.send(new RevokeSession(customer.session()));
        ledger.settle();

        SessionDetails session = queries.session(customer.session()).orElseThrow();

        assertThat(session.spend()).isEqualTo(new Money(1_000_000_005));
        assertThat(session.maxSpend()).isEqualTo(Money.ofDollars(2));
        assertThat(session.expiresAt()).isAfterOrEqualTo(refreshedAt.plusSeconds(899));
        assertThat(session.revokedAt()).isNotNull();
        assertThat(session.customerId()).isEqualTo(customer.customer());
    }

    @Test
    void aCustomersSessionsAreListedNewestFirst() {
        Enrolled customer = ledger.enrol(ledger.tenant(), "a");
        ledger.enrol(customer.tenant(), "another");
        SessionId second = new SessionId(Ids.next("ses"));
        ledger.send(new MintSession(
                second,
                customer.wallet(),
                customer.customer(),
                customer.tenant().organization(),
                customer.tenant().project(),
                customer.tenant().mode(),
                new Fingerprint(TestLedger.fingerprint(second.value())),
                null,
                null,
                60,
                Instant.now()));
        ledger.settle();

        assertThat(queries.ofCustomer(customer.customer(), 10, 0))
                .extracting(SessionDetails::id)
                .containsExactly(second, customer.session());
        assertThat(queries.ofCustomer(customer.customer(), 10, 0).getFirst().maxSpend())
                .isNull();
        assertThat(queries.ofCustomer(customer.customer(), 1, 1))
                .extracting(SessionDetails::id)
                .containsExactly(customer.session());
    }
}
