package dev.purser.receipts;

import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.TopUpId;
import dev.purser.domain.project.ProjectCommand.ChangeProjectSettings;
import dev.purser.domain.project.ProjectSettings;
import dev.purser.domain.topup.TopUpCommand.QuoteTopUp;
import dev.purser.domain.topup.TopUpCommand.RecordPaymentIntent;
import dev.purser.domain.topup.TopUpCommand.RefundTopUp;
import dev.purser.domain.topup.TopUpCommand.SettleTopUp;
import dev.purser.domain.topup.TopUpView;
import dev.purser.eventstore.secret.Ids;
import dev.purser.projection.TestLedger;
import dev.purser.projection.TestLedger.Enrolled;
import dev.purser.projection.TestLedger.Tenant;
import dev.purser.projection.access.TenantDirectory;
import dev.purser.projection.customer.CustomerQueries;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A project that sells credits, on the real ledger. */
public final class Shop implements AutoCloseable {
    private static final BigDecimal FEE_PERCENT = BigDecimal.valueOf(5);

    public final TestLedger ledger = TestLedger.start();
    private final Tenant tenant = ledger.tenant();

    public Papers papers() {
        return papers("Example Ltd\n1 High Street\nVAT GB123", false);
    }

    public Papers papers(@Nullable String merchant, boolean sandbox) {
        return new Papers(
                ledger.engine.log(),
                ledger.engine.codec(),
                new TenantDirectory(ledger.database.dataSource()),
                new CustomerQueries(ledger.database.dataSource()),
                merchant,
                sandbox);
    }

    public void brand(String name, String address, String email) {
        ProjectSettings some = ProjectSettings.DEFAULTS;
        ledger.send(new ChangeProjectSettings(
                tenant.project(),
                new ProjectSettings(
                        some.endUserSessions(),
                        some.markupPercent(),
                        some.bonusPercent(),
                        some.allowedOrigins(),
                        some.disconnectPolicy(),
                        some.lowBalanceThreshold(),
                        some.dailyGrantLimit(),
                        some.defaultMaxTokens(),
                        name,
                        address,
                        email,
                        null)));
    }

    public Enrolled customer(Mode mode, @Nullable String email, @Nullable String name) {
        return ledger.enrol(tenant.in(mode), Ids.next("ext"), email, name);
    }

    public TopUpView quoted(Enrolled customer, int dollars) {
        return ledger.send(new QuoteTopUp(
                new TopUpId(Ids.next("tup")),
                customer.wallet(),
                customer.customer(),
                customer.tenant().organization(),
                customer.tenant().project(),
                customer.tenant().mode(),
                dollars,
                FEE_PERCENT));
    }

    public TopUpId paid(Enrolled customer, int dollars) {
        TopUpView quoted = quoted(customer, dollars);
        TopUpId topUp = quoted.topUpId();
        ledger.send(new SettleTopUp(
                topUp,
                "pi_" + topUp.value(),
                null,
                quoted.quote().totalAmount(),
                "usd",
                customer.tenant().mode(),
                Instant.now()));
        ledger.settle();
        return topUp;
    }

    public void refund(TopUpId topUp, long dollarsInAll) {
        String intent = "pi_" + topUp.value();
        Mode mode = ledger.send(new RecordPaymentIntent(topUp, intent)).mode();
        ledger.send(new RefundTopUp(topUp, intent, mode, Money.ofDollars(dollarsInAll)));
        ledger.settle();
    }

    @Override
    public void close() {
        ledger.close();
    }
}
