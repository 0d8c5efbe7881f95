package dev.purser.projection;

import dev.purser.domain.HoldId;
import dev.purser.domain.LedgerCommand;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.PayoutId;
import dev.purser.domain.Rejected;
import dev.purser.domain.TopUpId;
import dev.purser.domain.margin.HoldBack;
import dev.purser.domain.organization.OrganizationCommand.GrantPromotionalCredits;
import dev.purser.domain.payout.PayoutCommand.ConfirmPayout;
import dev.purser.domain.payout.PayoutCommand.FailPayout;
import dev.purser.domain.payout.PayoutCommand.RequestPayout;
import dev.purser.domain.topup.TopUpCommand.DisputeTopUp;
import dev.purser.domain.topup.TopUpCommand.QuoteTopUp;
import dev.purser.domain.topup.TopUpCommand.RecordPaymentIntent;
import dev.purser.domain.topup.TopUpCommand.RefundTopUp;
import dev.purser.domain.topup.TopUpCommand.ResolveDispute;
import dev.purser.domain.topup.TopUpCommand.SettleTopUp;
import dev.purser.domain.topup.TopUpView;
import dev.purser.domain.wallet.CreditKind;
import dev.purser.domain.wallet.HoldOrigin;
import dev.purser.domain.wallet.WalletCommand.ChangeWalletTerms;
import dev.purser.domain.wallet.WalletCommand.CreditWallet;
import dev.purser.domain.wallet.WalletCommand.DebitUsage;
import dev.purser.domain.wallet.WalletCommand.ExpireHold;
import dev.purser.domain.wallet.WalletCommand.ReleaseHold;
import dev.purser.domain.wallet.WalletTerms;
import dev.purser.eventstore.secret.Ids;
import dev.purser.projection.TestLedger.Enrolled;
import dev.purser.projection.TestLedger.Tenant;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;

/**
 * What a busy organization does with money, at random: top-ups with markup and bonus, refunds and disputes in any order,
 * metered calls, payouts. Live and test customers; commands that are refused now and then.
 */
public final class MoneyHistory {
    private static final BigDecimal FEE_PERCENT = BigDecimal.valueOf(5);

    private final TestLedger ledger;
    private final Random random;
    private final Tenant tenant;
    private final List<Enrolled> customers = new ArrayList<>();
    private final List<Payment> payments = new ArrayList<>();
    private final List<HoldUnderWay> holds = new ArrayList<>();
    private final List<PayoutId> payouts = new ArrayList<>();

    private record Payment(TopUpId id, String intent, TopUpView quoted) {}

    private record HoldUnderWay(Enrolled customer, HoldId id) {}

    /** An organization of its own, with so many customers in each mode. */
    public MoneyHistory(TestLedger ledger, int customersPerMode, long seed) {
        this.ledger = ledger;
        this.random = new Random(seed);
        this.tenant = ledger.tenant();
        for (int i = 0; i < customersPerMode; i++) {
            for (Mode mode : Mode.values()) {
                Enrolled customer = ledger.enrol(tenant.in(mode), "user-" + i);
                customers.add(customer);
                ledger.send(new ChangeWalletTerms(
                        customer.wallet(),
                        new WalletTerms(BigDecimal.valueOf(random.nextInt(40)), BigDecimal.valueOf(10), null),
                        EnumSet.allOf(WalletTerms.Term.class)));
            }
        }
    }

    public OrganizationId organization() {
        return tenant.organization();
    }

    public List<Enrolled> customers() {
        return List.copyOf(customers);
    }

    /** So many random commands; a refused one counts. */
    public MoneyHistory live(int steps) {
        for (int i = 0; i < steps; i++) {
            try {
                step(customers.get(random.nextInt(customers.size())));
            } catch (Rejected refused) {
                // What rules forbid stores nothing, and is as good a step as any other.
            }
        }
        return this;
    }

    private void step(Enrolled customer) {
        switch (random.nextInt(20)) {
            case 0, 1, 2 -> topUp(customer);
            case 3 -> send(new CreditWallet(customer.wallet(), CreditKind.ADJUSTMENT, cents(500), null));
            case 4 -> send(new GrantPromotionalCredits(organization(), cents(2_000), null));
            case 5 -> refund();
            case 6 -> dispute();
            case 7 -> payOut();
            case 8 ->
                send(new DebitUsage(
                        customer.wallet(),
                        new HoldId(Ids.next("dbt")),
                        new Money(random.nextLong(9_000_000L)),
                        null,
                        null,
                        null));
            case 9, 10, 11 -> holds.add(new HoldUnderWay(customer, ledger.gatewayHold(customer, cents(200))));
            case 12, 13, 14 -> endHold();
            default -> ledger.call(customer, cents(200), new Money(random.nextLong(2_500_000_000L)));
        }
    }

    private void topUp(Enrolled customer) {
        TopUpId id = new TopUpId(Ids.next("tup"));
        String intent = "pi_" + id;
        int dollars = 10 + random.nextInt(90);
        TopUpView quoted = send(new QuoteTopUp(
                id,
                customer.wallet(),
                customer.customer(),
                organization(),
                customer.tenant().project(),
                customer.tenant().mode(),
                dollars,
                FEE_PERCENT));
        Payment payment = new Payment(id, intent, quoted);
        payments.add(payment);
        send(new RecordPaymentIntent(id, intent));
        if (random.nextInt(10) > 0) {
            settle(payment);
        }
    }

    private void settle(Payment payment) {
        Money total = payment.quoted().quote().totalAmount();
        Money received = random.nextInt(10) == 0 ? total.minus(new Money(10_000_000L)) : total;
        send(new SettleTopUp(
                payment.id(),
                payment.intent(),
                "ch_" + payment.id(),
                received,
                "usd",
                payment.quoted().mode(),
                Instant.now()));
    }

    private void refund() {
        Payment payment = anyPayment();
        long total = payment.quoted().quote().totalAmount().nanos() / 10_000_000L;
        send(new RefundTopUp(
                payment.id(),
                payment.intent(),
                payment.quoted().mode(),
                new Money((1 + random.nextLong(total)) * 10_000_000L)));
    }

    private void dispute() {
        Payment payment = anyPayment();
        String dispute = "dp_" + payment.id() + random.nextInt(2);
        send(new DisputeTopUp(
                payment.id(),
                payment.intent(),
                payment.quoted().mode(),
                dispute,
                payment.quoted().quote().totalAmount()));
        if (random.nextInt(3) > 0) {
            send(new ResolveDispute(
                    payment.id(), payment.intent(), payment.quoted().mode(), dispute, random.nextInt(3) > 0));
        }
    }

    private void payOut() {
        if (!payouts.isEmpty() && random.nextBoolean()) {
            PayoutId last = payouts.getLast();
            switch (random.nextInt(4)) {
                case 0 -> send(new FailPayout(last, "account_closed"));
                case 1 -> send(new FailPayout(last, FailPayout.REVERSED));
                default -> send(new ConfirmPayout(last, "tr_" + last));
            }
            return;
        }
        PayoutId payout = new PayoutId(Ids.next("pyt"));
        send(new RequestPayout(payout, organization(), "acct_1", HoldBack.NONE, random.nextBoolean(), Instant.now()));
        payouts.add(payout);
    }

    private void endHold() {
        if (holds.isEmpty()) {
            return;
        }
        HoldUnderWay hold = holds.get(random.nextInt(holds.size()));
        switch (random.nextInt(3)) {
            case 0 -> send(new ReleaseHold(hold.customer().wallet(), hold.id(), HoldOrigin.GATEWAY));
            case 1 ->
                send(new ExpireHold(
                        hold.customer().wallet(), hold.id(), Instant.now().plus(Duration.ofHours(1))));
            default -> ledger.capture(hold.customer(), hold.id(), HoldOrigin.GATEWAY, cents(300));
        }
    }

    private <R> R send(LedgerCommand<R> command) {
        return ledger.send(command);
    }

    private Payment anyPayment() {
        if (payments.isEmpty()) {
            topUp(customers.getFirst());
        }
        return payments.get(random.nextInt(payments.size()));
    }

    private Money cents(int most) {
        return new Money((1 + random.nextInt(most)) * 10_000_000L);
    }
}
