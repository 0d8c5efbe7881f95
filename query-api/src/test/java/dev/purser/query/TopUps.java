package dev.purser.query;

import dev.purser.domain.Money;
import dev.purser.domain.TopUpId;
import dev.purser.domain.topup.TopUpCommand.QuoteTopUp;
import dev.purser.domain.topup.TopUpCommand.RecordPaymentIntent;
import dev.purser.domain.topup.TopUpCommand.SettleTopUp;
import dev.purser.domain.topup.TopUpView;
import dev.purser.domain.wallet.WalletCommand.ChangeWalletTerms;
import dev.purser.domain.wallet.WalletTerms;
import dev.purser.eventstore.secret.Ids;
import dev.purser.projection.TestLedger;
import dev.purser.projection.TestLedger.Enrolled;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumSet;

/** Top-ups in the words of tests. */
public final class TopUps {
    private static final BigDecimal FEE_PERCENT = BigDecimal.valueOf(5);

    private final TestLedger ledger;

    public TopUps(TestLedger ledger) {
        this.ledger = ledger;
    }

    public void markUp(Enrolled customer, int percent) {
        ledger.send(new ChangeWalletTerms(
                customer.wallet(),
                new WalletTerms(BigDecimal.valueOf(percent), null, null),
                EnumSet.of(WalletTerms.Term.MARKUP_PERCENT)));
    }

    public TopUpView quote(Enrolled customer, int dollars) {
        TopUpId id = new TopUpId(Ids.next("tup"));
        ledger.send(new QuoteTopUp(
                id,
                customer.wallet(),
                customer.customer(),
                customer.tenant().organization(),
                customer.tenant().project(),
                customer.tenant().mode(),
                dollars,
                FEE_PERCENT));
        return ledger.send(new RecordPaymentIntent(id, intentOf(id)));
    }

    public TopUpView pay(TopUpView quoted, Money received) {
        return ledger.send(new SettleTopUp(
                quoted.topUpId(),
                intentOf(quoted.topUpId()),
                "ch_" + quoted.topUpId(),
                received,
                "usd",
                quoted.mode(),
                Instant.now()));
    }

    /** Quoted and paid. */
    public TopUpView topUp(Enrolled customer, int dollars) {
        TopUpView quoted = quote(customer, dollars);
        return pay(quoted, quoted.quote().totalAmount());
    }

    public static String intentOf(TopUpId id) {
        return "pi_" + id;
    }
}
