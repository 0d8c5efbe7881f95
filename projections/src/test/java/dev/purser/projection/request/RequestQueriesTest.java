package dev.purser.projection.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.HoldId;
import dev.purser.domain.Money;
import dev.purser.domain.wallet.HoldOrigin;
import dev.purser.domain.wallet.WalletCommand.ExpireHold;
import dev.purser.domain.wallet.WalletCommand.ReleaseHold;
import dev.purser.domain.wallet.WalletCommand.RenewHold;
import dev.purser.projection.TestLedger;
import dev.purser.projection.TestLedger.Enrolled;
import dev.purser.projection.entry.EntryQueries;
import dev.purser.projection.request.Receipt.Metered;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestQueriesTest {
    private static final Money ONE = Money.ofDollars(1);

    private final TestLedger ledger = TestLedger.start();
    private final RequestQueries queries = new RequestQueries(ledger.database.dataSource());
    private Enrolled customer = ledger.enrol(ledger.tenant(), "first");

    @BeforeEach
    void aCustomerWithTenDollars() {
        customer = ledger.enrol(ledger.tenant(), "a");
        ledger.credit(customer.wallet(), 10);
    }

    @AfterAll
    void stop() {
        ledger.close();
    }

    @Test
    void aCallUnderWayIsHeld() {
        Instant expiresAt = Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.MICROS);
        HoldId request = ledger.hold(customer, HoldOrigin.GATEWAY, ONE, expiresAt);

        Receipt receipt = receipt(request);

        assertThat(receipt.status()).isEqualTo(RequestStatus.HELD);
        assertThat(receipt.held()).isEqualTo(ONE);
        assertThat(receipt.expiresAt()).isEqualTo(expiresAt);
        assertThat(receipt.model()).isEqualTo("gpt-x");
        assertThat(receipt.heldPosition()).isEqualTo(ledger.engine.log().head());
        assertThat(receipt.closedAt()).isNull();
        assertThat(receipt.bill()).isNull();
        assertThat(receipt.walletId()).isEqualTo(customer.wallet());
        assertThat(receipt.projectId()).isEqualTo(customer.tenant().project());
        assertThat(receipt.mode()).isEqualTo(customer.tenant().mode());
    }

    @Test
    void aBilledCallShowsTheWholeBillAndItsEntry() {
        HoldId request = ledger.call(customer, ONE, new Money(123));

        Receipt receipt = receipt(request);

        assertThat(receipt.status()).isEqualTo(RequestStatus.SETTLED);
        assertThat(receipt.closedPosition()).isEqualTo(ledger.engine.log().head());
        assertThat(receipt.bill()).isNotNull().satisfies(bill -> {
            assertThat(bill.cost()).isEqualTo(new Money(123));
            assertThat(bill.charged()).isEqualTo(new Money(123));
            assertThat(bill.loss()).isEqualTo(Money.ZERO);
            assertThat(bill.usage()).isEqualTo(new Metered("openai", "chatcmpl-1", 120, 20, 30, 0, "provider", 1));
            assertThat(bill.entryId())
                    .isEqualTo(new EntryQueries(ledger.database.dataSource())
                            .newest(customer.wallet(), 1)
                            .getFirst()
                            .id());
        });
    }

    @Test
    void aFailedCallIsReleased() {
        HoldId request = ledger.gatewayHold(customer, ONE);
        ledger.send(new ReleaseHold(customer.wallet(), request, HoldOrigin.GATEWAY));

        assertThat(receipt(request).status()).isEqualTo(RequestStatus.RELEASED);
        assertThat(receipt(request).bill()).isNull();
    }

    @Test
    void anExpiredCallIsSettledByALateBill() {
        HoldId request = ledger.gatewayHold(customer, ONE);
        ledger.send(new ExpireHold(customer.wallet(), request, Instant.now().plusSeconds(3_600)));
        assertThat(receipt(request).status()).isEqualTo(RequestStatus.EXPIRED);

        ledger.capture(customer, request, HoldOrigin.GATEWAY, ONE);

        assertThat(receipt(request).status()).isEqualTo(RequestStatus.SETTLED);
    }

    @Test
    void aCallThatACrashCutOffIsBilledAsRecovered() {
        HoldId request = ledger.gatewayHold(customer, ONE);
        Instant renewedUntil = Instant.now().plusSeconds(900).truncatedTo(ChronoUnit.MICROS);
        ledger.send(new RenewHold(customer.wallet(), request, renewedUntil, new Money(77), TestLedger.metering()));
        assertThat(receipt(request).expiresAt()).isEqualTo(renewedUntil);

        ledger.send(new ExpireHold(customer.wallet(), request, renewedUntil));

        assertThat(receipt(request).bill()).isNotNull().satisfies(bill -> {
            assertThat(bill.cost()).isEqualTo(new Money(77));
            assertThat(bill.usage())
                    .isNotNull()
                    .satisfies(usage -> assertThat(usage.source()).isEqualTo("recovered"));
        });
    }

    @Test
    void aBackendsHoldHasNoReceipt() {
        HoldId hold =
                ledger.hold(customer, HoldOrigin.BACKEND, ONE, Instant.now().plusSeconds(60));
        ledger.capture(customer, hold, HoldOrigin.BACKEND, ONE);
        ledger.settle();

        assertThat(queries.receipt(hold)).isEmpty();
    }

    private Receipt receipt(HoldId request) {
        ledger.settle();
        return queries.receipt(request).orElseThrow();
    }
}
