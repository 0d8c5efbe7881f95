package dev.purser.domain;

import dev.purser.domain.margin.HoldBack;
import dev.purser.domain.organization.OrganizationCommand.GrantPromotionalCredits;
import dev.purser.domain.payout.PayoutCommand.ConfirmPayout;
import dev.purser.domain.payout.PayoutCommand.FailPayout;
import dev.purser.domain.payout.PayoutCommand.RequestPayout;
import dev.purser.domain.topup.TopUpCommand.ApplyMarkup;
import dev.purser.domain.topup.TopUpCommand.DisputeTopUp;
import dev.purser.domain.topup.TopUpCommand.QuoteTopUp;
import dev.purser.domain.topup.TopUpCommand.RecordPaymentIntent;
import dev.purser.domain.topup.TopUpCommand.RefundTopUp;
import dev.purser.domain.topup.TopUpCommand.ResolveDispute;
import dev.purser.domain.topup.TopUpCommand.SettleTopUp;
import dev.purser.domain.wallet.FreezeReason;
import dev.purser.domain.wallet.HoldOrigin;
import dev.purser.domain.wallet.WalletCommand.CaptureHold;
import dev.purser.domain.wallet.WalletCommand.ChangeWalletTerms;
import dev.purser.domain.wallet.WalletCommand.DebitUsage;
import dev.purser.domain.wallet.WalletCommand.ExpireHold;
import dev.purser.domain.wallet.WalletCommand.FreezeWallet;
import dev.purser.domain.wallet.WalletCommand.HoldCredits;
import dev.purser.domain.wallet.WalletCommand.ReleaseHold;
import dev.purser.domain.wallet.WalletCommand.RenewHold;
import dev.purser.domain.wallet.WalletCommand.UnfreezeWallet;
import dev.purser.domain.wallet.WalletTerms;
import dev.purser.domain.wallet.WalletTerms.Term;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What customers, Stripe and the network do, at random: payments, refunds and disputes become facts, and the messages about
 * them arrive late, several times and in any order.
 */
final class MoneyWorld {
    private static final long NANOS_PER_CENT = 10_000_000L;
    private static final int HOLDS = 12;
    /** The more messages are under way, the sooner the next one arrives. */
    private static final int MOST_UNDER_WAY = 16;

    private final Random random;
    private final Map<TopUpId, Payment> payments = new LinkedHashMap<>();
    private final List<TopUpId> topUps = new ArrayList<>();
    private final List<PayoutId> payouts = new ArrayList<>();
    private final List<LedgerCommand<?>> undelivered = new ArrayList<>();
    private final List<LedgerCommand<?>> delivered = new ArrayList<>();
    private Instant now = MoneyFixture.NOON;

    /** What Stripe knows of a top-up. */
    static final class Payment {
        final Money total;
        final Mode mode;
        boolean paid;
        Money refunded = Money.ZERO;
        final Map<String, Money> disputes = new LinkedHashMap<>();
        final Set<String> won = new HashSet<>();
        final Set<String> closed = new HashSet<>();

        Payment(Money total, Mode mode) {
            this.total = total;
            this.mode = mode;
        }

        /** What has to be out of the books when everything has arrived. */
        Money gone() {
            Money sum = refunded;
            for (Map.Entry<String, Money> dispute : disputes.entrySet()) {
                if (!won.contains(dispute.getKey())) {
                    sum = sum.plus(dispute.getValue());
                }
            }
            return sum.min(total);
        }
    }

    MoneyWorld(long seed) {
        random = new Random(seed);
    }

    Map<TopUpId, Payment> payments() {
        return payments;
    }

    List<PayoutId> payouts() {
        return payouts;
    }

    Instant now() {
        return now;
    }

    /** Something new, or something that was on its way, or something that was heard before. */
    LedgerCommand<?> next() {
        now = now.plus(Duration.ofMinutes(random.nextInt(120)));
        if (undelivered.size() > random.nextInt(MOST_UNDER_WAY)) {
            return deliver();
        }
        if (!delivered.isEmpty() && random.nextInt(8) == 0) {
            return delivered.get(random.nextInt(delivered.size()));
        }
        return switch (random.nextInt(16)) {
            case 0, 1, 2 -> quote();
            case 3, 4 -> happened(this::pay);
            case 5, 6 -> happened(this::refund);
            case 7 -> happened(this::dispute);
            case 8 -> happened(this::close);
            case 9, 10 -> payout();
            case 11 -> grant();
            case 12 -> terms();
            default -> usage();
        };
    }

    /** Everything that has not arrived yet, in any order. */
    List<LedgerCommand<?>> rest() {
        List<LedgerCommand<?>> rest = new ArrayList<>();
        while (!undelivered.isEmpty()) {
            rest.add(deliver());
        }
        return rest;
    }

    private LedgerCommand<?> deliver() {
        LedgerCommand<?> message = undelivered.remove(random.nextInt(undelivered.size()));
        delivered.add(message);
        return message;
    }

    /** What happens is heard of later. */
    private LedgerCommand<?> happened(Runnable fact) {
        fact.run();
        return usage();
    }

    private LedgerCommand<?> quote() {
        Mode mode = random.nextInt(6) == 0 ? Mode.TEST : Mode.LIVE;
        TopUpId id = new TopUpId("tup" + topUps.size());
        int dollars = 10 + random.nextInt(60);
        // Five per cent of whole dollars are whole cents.
        Money total = Money.ofDollars(dollars).plus(new Money(5L * dollars * NANOS_PER_CENT));
        topUps.add(id);
        payments.put(id, new Payment(total, mode));
        undelivered.add(new RecordPaymentIntent(id, intent(id)));
        if (random.nextInt(5) == 0) {
            undelivered.add(new ApplyMarkup(id));
        }
        return new QuoteTopUp(
                id,
                wallet(mode),
                MoneyFixture.CUSTOMER,
                MoneyFixture.ORGANIZATION,
                MoneyFixture.PROJECT,
                mode,
                dollars,
                new BigDecimal("5"));
    }

    private void pay() {
        if (topUps.isEmpty()) {
            return;
        }
        TopUpId id = anyTopUp();
        Payment payment = payment(id);
        payment.paid = true;
        undelivered.add(settlement(id, payment.total, payment.mode));
        if (random.nextInt(6) == 0) {
            undelivered.add(settlement(id, payment.total.minus(new Money(NANOS_PER_CENT)), payment.mode));
        }
    }

    private SettleTopUp settlement(TopUpId id, Money received, Mode mode) {
        return new SettleTopUp(id, intent(id), "ch" + id, received, "usd", mode, now);
    }

    private void refund() {
        TopUpId id = anyPaid();
        if (id == null) {
            return;
        }
        Payment payment = payment(id);
        Money left = payment.total.minus(payment.refunded);
        Money more = random.nextInt(3) == 0 ? left : cents(left);
        if (more.isPositive()) {
            payment.refunded = payment.refunded.plus(more);
            undelivered.add(new RefundTopUp(id, intent(id), payment.mode, payment.refunded));
            if (random.nextInt(6) == 0) {
                Mode other = payment.mode == Mode.LIVE ? Mode.TEST : Mode.LIVE;
                undelivered.add(new RefundTopUp(id, intent(id), other, payment.total));
            }
        }
    }

    private void dispute() {
        TopUpId id = anyPaid();
        if (id == null) {
            return;
        }
        Payment payment = payment(id);
        String dispute = "dp_" + id + "_" + payment.disputes.size();
        Money amount = random.nextBoolean() ? payment.total : cents(payment.total);
        if (amount.isPositive()) {
            payment.disputes.put(dispute, amount);
            undelivered.add(new DisputeTopUp(id, intent(id), payment.mode, dispute, amount));
        }
    }

    private void close() {
        for (Map.Entry<TopUpId, Payment> entry : payments.entrySet()) {
            Payment payment = entry.getValue();
            for (String dispute : payment.disputes.keySet()) {
                if (!payment.closed.contains(dispute) && random.nextBoolean()) {
                    boolean won = random.nextBoolean();
                    payment.closed.add(dispute);
                    if (won) {
                        payment.won.add(dispute);
                    }
                    undelivered.add(
                            new ResolveDispute(entry.getKey(), intent(entry.getKey()), payment.mode, dispute, won));
                    return;
                }
            }
        }
    }

    private LedgerCommand<?> payout() {
        if (payouts.isEmpty() || random.nextInt(3) == 0) {
            PayoutId id = new PayoutId("pyt" + payouts.size());
            payouts.add(id);
            HoldBack holdBack = random.nextBoolean() ? HoldBack.NONE : new HoldBack(new BigDecimal("30"), 3);
            return new RequestPayout(id, MoneyFixture.ORGANIZATION, "acct_1", holdBack, random.nextBoolean(), now);
        }
        PayoutId id = payouts.get(Math.max(0, payouts.size() - 1 - random.nextInt(3)));
        return switch (random.nextInt(5)) {
            case 0, 1, 2 -> new ConfirmPayout(id, "tr_" + id);
            case 3 -> new FailPayout(id, "account_closed");
            default -> new FailPayout(id, FailPayout.REVERSED);
        };
    }

    private LedgerCommand<?> grant() {
        Instant expiresAt = random.nextBoolean() ? null : now.plus(Duration.ofHours(random.nextInt(72)));
        return new GrantPromotionalCredits(
                MoneyFixture.ORGANIZATION, new Money(1 + random.nextLong(6_000_000_000L)), expiresAt);
    }

    private LedgerCommand<?> terms() {
        BigDecimal markup = BigDecimal.valueOf(random.nextInt(1_000_001), 4);
        BigDecimal bonus = BigDecimal.valueOf(random.nextInt(500_000), 4);
        return new ChangeWalletTerms(
                wallet(Mode.LIVE),
                new WalletTerms(random.nextBoolean() ? null : markup, bonus, null),
                EnumSet.allOf(Term.class));
    }

    private LedgerCommand<?> usage() {
        WalletId wallet = wallet(random.nextInt(5) == 0 ? Mode.TEST : Mode.LIVE);
        HoldId hold = new HoldId("req" + random.nextInt(HOLDS));
        Money amount = new Money(random.nextLong(40_000_000_000L));
        FreezeReason reason = random.nextBoolean() ? FreezeReason.OPERATOR : FreezeReason.BACKEND;
        return switch (random.nextInt(15)) {
            case 0, 1, 2 ->
                new HoldCredits(
                        wallet,
                        hold,
                        amount,
                        HoldOrigin.GATEWAY,
                        null,
                        null,
                        "m",
                        now.plusSeconds(random.nextInt(9_000)));
            case 3, 4, 5 -> new CaptureHold(wallet, hold, HoldOrigin.GATEWAY, amount, null, now);
            case 6 -> new ReleaseHold(wallet, hold, HoldOrigin.GATEWAY);
            case 7 -> new ExpireHold(wallet, hold, now);
            case 8 -> new UnfreezeWallet(wallet, reason);
            case 9 -> random.nextInt(3) == 0 ? new FreezeWallet(wallet, reason) : new UnfreezeWallet(wallet, reason);
            case 10 -> new RenewHold(wallet, hold, now.plusSeconds(600), amount, null);
            default -> new DebitUsage(wallet, new HoldId("dbt" + random.nextInt(1 << 30)), amount, null, null, null);
        };
    }

    private Money cents(Money most) {
        long cents = most.nanos() / NANOS_PER_CENT;
        return new Money(cents == 0 ? 0 : (1 + random.nextLong(cents)) * NANOS_PER_CENT);
    }

    private TopUpId anyTopUp() {
        return topUps.get(Math.max(0, topUps.size() - 1 - random.nextInt(6)));
    }

    private @Nullable TopUpId anyPaid() {
        for (int i = 0; i < 4 && !topUps.isEmpty(); i++) {
            TopUpId id = anyTopUp();
            if (payment(id).paid) {
                return id;
            }
        }
        return null;
    }

    private Payment payment(TopUpId id) {
        return Objects.requireNonNull(payments.get(id));
    }

    static String intent(TopUpId id) {
        return "pi_" + id;
    }

    private static WalletId wallet(Mode mode) {
        return mode == Mode.LIVE ? MoneyFixture.WALLET : MoneyFixture.TEST_WALLET;
    }
}
