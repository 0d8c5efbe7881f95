package dev.purser.domain;

import dev.purser.domain.organization.OrganizationCommand.GrantPromotionalCredits;
import dev.purser.domain.organization.OrganizationCommand.RegisterOrganization;
import dev.purser.domain.project.DisconnectPolicy;
import dev.purser.domain.project.ProjectCommand.CreateProject;
import dev.purser.domain.project.ProjectSettings;
import dev.purser.domain.topup.TopUpCommand.DisputeTopUp;
import dev.purser.domain.topup.TopUpCommand.QuoteTopUp;
import dev.purser.domain.topup.TopUpCommand.RecordPaymentIntent;
import dev.purser.domain.topup.TopUpCommand.RefundTopUp;
import dev.purser.domain.topup.TopUpCommand.ResolveDispute;
import dev.purser.domain.topup.TopUpCommand.SettleTopUp;
import dev.purser.domain.topup.TopUpView;
import dev.purser.domain.wallet.HoldOrigin;
import dev.purser.domain.wallet.Wallet;
import dev.purser.domain.wallet.WalletCommand.DebitUsage;
import dev.purser.domain.wallet.WalletCommand.HoldCredits;
import dev.purser.domain.wallet.WalletCommand.OpenWallet;
import dev.purser.domain.wallet.WalletSnapshot;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A ledger with one organization, whose project takes 25 % markup and gives 10 % bonus, and one wallet in each mode. */
public final class MoneyFixture {
    public static final OrganizationId ORGANIZATION = new OrganizationId("org1");
    public static final ProjectId PROJECT = new ProjectId("prj1");
    public static final CustomerId CUSTOMER = new CustomerId("cus1");
    public static final WalletId WALLET = new WalletId("walLive");
    public static final WalletId TEST_WALLET = new WalletId("walTest");
    public static final TopUpId TOP_UP = new TopUpId("tup1");
    public static final String INTENT = "pi_1";
    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static final BigDecimal FEE = new BigDecimal("5");

    public final MemoryLedger ledger = new MemoryLedger();

    public MoneyFixture() {
        ledger.send(new RegisterOrganization(ORGANIZATION, "Acme"));
        ledger.send(new CreateProject(
                PROJECT,
                ORGANIZATION,
                "Chat",
                new ProjectSettings(
                        true,
                        new BigDecimal("25"),
                        BigDecimal.TEN,
                        List.of(),
                        DisconnectPolicy.DRAIN,
                        Money.ofDollars(1),
                        null,
                        4_096)));
        ledger.send(new OpenWallet(WALLET, CUSTOMER, ORGANIZATION, PROJECT, Mode.LIVE));
        ledger.send(new OpenWallet(TEST_WALLET, CUSTOMER, ORGANIZATION, PROJECT, Mode.TEST));
    }

    public void grant(String dollars, @Nullable Instant expiresAt) {
        ledger.send(new GrantPromotionalCredits(ORGANIZATION, dollars(dollars), expiresAt));
    }

    public TopUpView quote(TopUpId id, int dollars) {
        return quote(id, WALLET, Mode.LIVE, dollars);
    }

    public TopUpView quote(TopUpId id, WalletId wallet, Mode mode, int dollars) {
        return ledger.send(new QuoteTopUp(id, wallet, CUSTOMER, ORGANIZATION, PROJECT, mode, dollars, FEE));
    }

    /** 25 dollars and the fee of 1.25 for 20 of credit and 5 of margin. */
    public void quoted() {
        quote(TOP_UP, 25);
        ledger.send(new RecordPaymentIntent(TOP_UP, INTENT));
    }

    public void settled() {
        quoted();
        settle();
    }

    public TopUpView settle() {
        return ledger.send(settlement("26.25"));
    }

    public static SettleTopUp settlement(String received) {
        return new SettleTopUp(TOP_UP, INTENT, "ch_1", dollars(received), "usd", Mode.LIVE, NOON);
    }

    public TopUpView refund(String total) {
        return ledger.send(new RefundTopUp(TOP_UP, INTENT, Mode.LIVE, dollars(total)));
    }

    public TopUpView dispute(String disputeId, String amount) {
        return ledger.send(new DisputeTopUp(TOP_UP, INTENT, Mode.LIVE, disputeId, dollars(amount)));
    }

    public TopUpView resolve(String disputeId, boolean won) {
        return ledger.send(new ResolveDispute(TOP_UP, INTENT, Mode.LIVE, disputeId, won));
    }

    public void spend(String debitId, String amount) {
        ledger.send(new DebitUsage(WALLET, new HoldId(debitId), dollars(amount), null, null, null));
    }

    public void hold(String holdId, String amount) {
        ledger.send(new HoldCredits(
                WALLET,
                new HoldId(holdId),
                dollars(amount),
                HoldOrigin.GATEWAY,
                null,
                null,
                "m",
                NOON.plusSeconds(600)));
    }

    public WalletSnapshot wallet() {
        return ledger.read(Wallet.class, WALLET.value(), Wallet::snapshot);
    }

    public static Money dollars(String amount) {
        return Money.of(new BigDecimal(amount));
    }
}
