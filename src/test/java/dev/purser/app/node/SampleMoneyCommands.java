package dev.purser.app.node;

import dev.purser.app.node.SampleCommands.Sample;
import dev.purser.domain.CustomerId;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.PayoutId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.TopUpId;
import dev.purser.domain.WalletId;
import dev.purser.domain.customer.CustomerCommand.LinkStripeCustomer;
import dev.purser.domain.customer.CustomerStatus;
import dev.purser.domain.customer.CustomerView;
import dev.purser.domain.margin.HoldBack;
import dev.purser.domain.organization.OrganizationCommand.GrantPromotionalCredits;
import dev.purser.domain.organization.OrganizationCommand.LinkStripeAccount;
import dev.purser.domain.organization.OrganizationView;
import dev.purser.domain.organization.PromotionalCredits;
import dev.purser.domain.organization.PromotionalPortion;
import dev.purser.domain.payout.PayoutCommand.ConfirmPayout;
import dev.purser.domain.payout.PayoutCommand.FailPayout;
import dev.purser.domain.payout.PayoutCommand.RequestPayout;
import dev.purser.domain.payout.PayoutStatus;
import dev.purser.domain.payout.PayoutView;
import dev.purser.domain.topup.TopUpCommand.ApplyMarkup;
import dev.purser.domain.topup.TopUpCommand.DisputeTopUp;
import dev.purser.domain.topup.TopUpCommand.QuoteTopUp;
import dev.purser.domain.topup.TopUpCommand.RecordPaymentIntent;
import dev.purser.domain.topup.TopUpCommand.RefundTopUp;
import dev.purser.domain.topup.TopUpCommand.ResolveDispute;
import dev.purser.domain.topup.TopUpCommand.SettleTopUp;
import dev.purser.domain.topup.TopUpQuote;
import dev.purser.domain.topup.TopUpStatus;
import dev.purser.domain.topup.TopUpView;
import dev.purser.domain.wallet.WalletCommand.ChangeWalletTerms;
import dev.purser.domain.wallet.WalletTerms;
import dev.purser.domain.wallet.WalletTerms.Term;
import dev.purser.domain.wallet.WalletView;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The commands that move money in and out. */
final class SampleMoneyCommands {
    private static final Instant AT = Instant.parse("2026-11-24T10:15:30.123456Z");
    private static final OrganizationId ORGANIZATION = new OrganizationId("org1");
    private static final ProjectId PROJECT = new ProjectId("prj1");
    private static final CustomerId CUSTOMER = new CustomerId("cus1");
    private static final WalletId WALLET = new WalletId("wal1");
    private static final TopUpId TOP_UP = new TopUpId("tup1");
    private static final PayoutId PAYOUT = new PayoutId("pyt1");
    private static final Money MONEY = new Money(1_234_560_000_000L);
    private static final TopUpQuote QUOTE =
            TopUpQuote.of(Money.ofDollars(25), new BigDecimal("12.5"), BigDecimal.TEN, new BigDecimal("5"), Mode.LIVE);
    private static final TopUpView BEGUN = topUp(TopUpStatus.QUOTED, null, null);
    private static final TopUpView SETTLED = topUp(TopUpStatus.SETTLED, "pi_1", "ch_1");
    private static final PayoutView RESERVED =
            new PayoutView(PAYOUT, ORGANIZATION, "acct_1", MONEY, PayoutStatus.IN_FLIGHT, null, AT, Money.ZERO);
    private static final PayoutView PAID =
            new PayoutView(PAYOUT, ORGANIZATION, "acct_1", MONEY, PayoutStatus.PAID, "tr_1", AT, MONEY.negated());
    private static final OrganizationView GENEROUS = new OrganizationView(
            ORGANIZATION,
            "o",
            true,
            new PromotionalCredits(List.of(new PromotionalPortion(MONEY, AT), new PromotionalPortion(MONEY, null))),
            "acct_1");
    private static final WalletTerms TERMS =
            new WalletTerms(new BigDecimal("12.5"), BigDecimal.valueOf(150), Money.ofDollars(2));
    private static final WalletView WALLET_VIEW =
            new WalletView(WALLET, CUSTOMER, Mode.TEST, MONEY, Money.ZERO, false, TERMS);

    private SampleMoneyCommands() {}

    static List<Sample<?>> all() {
        return List.of(
                new Sample<>(new GrantPromotionalCredits(ORGANIZATION, MONEY, AT), GENEROUS),
                new Sample<>(new GrantPromotionalCredits(ORGANIZATION, MONEY, null), GENEROUS),
                new Sample<>(new LinkStripeAccount(ORGANIZATION, "acct_1"), GENEROUS),
                new Sample<>(
                        new LinkStripeCustomer(CUSTOMER, "cus_1"),
                        new CustomerView(CUSTOMER, WALLET, CustomerStatus.ACTIVE, "cus_1")),
                new Sample<>(
                        new ChangeWalletTerms(WALLET, TERMS, Set.of(Term.MARKUP_PERCENT, Term.BONUS_PERCENT)),
                        WALLET_VIEW),
                new Sample<>(new ChangeWalletTerms(WALLET, WalletTerms.NONE, Set.of()), WALLET_VIEW),
                new Sample<>(
                        new QuoteTopUp(
                                TOP_UP, WALLET, CUSTOMER, ORGANIZATION, PROJECT, Mode.LIVE, 25, new BigDecimal("5")),
                        BEGUN),
                new Sample<>(new RecordPaymentIntent(TOP_UP, "pi_1"), BEGUN),
                new Sample<>(new ApplyMarkup(TOP_UP), SETTLED),
                new Sample<>(new SettleTopUp(TOP_UP, "pi_1", "ch_1", MONEY, "usd", Mode.LIVE, AT), SETTLED),
                new Sample<>(new SettleTopUp(TOP_UP, "pi_1", null, MONEY, "usd", Mode.TEST, AT), SETTLED),
                new Sample<>(new RefundTopUp(TOP_UP, "pi_1", Mode.LIVE, MONEY), SETTLED),
                new Sample<>(new DisputeTopUp(TOP_UP, "pi_1", Mode.LIVE, "dp_1", MONEY), SETTLED),
                new Sample<>(new ResolveDispute(TOP_UP, "pi_1", Mode.LIVE, "dp_1", true), SETTLED),
                new Sample<>(
                        new RequestPayout(
                                PAYOUT, ORGANIZATION, "acct_1", new HoldBack(new BigDecimal("12.5"), 7), true, AT),
                        RESERVED),
                new Sample<>(new ConfirmPayout(PAYOUT, "tr_1"), PAID),
                new Sample<>(new FailPayout(PAYOUT, FailPayout.REVERSED), RESERVED));
    }

    private static TopUpView topUp(TopUpStatus status, @Nullable String intent, @Nullable String charge) {
        return new TopUpView(
                TOP_UP,
                WALLET,
                CUSTOMER,
                ORGANIZATION,
                PROJECT,
                Mode.LIVE,
                status,
                QUOTE,
                intent,
                charge,
                QUOTE.bonusCredited(),
                MONEY,
                Money.ZERO);
    }
}
