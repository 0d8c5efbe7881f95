package dev.purser.domain.wallet;

import dev.purser.domain.CustomerId;
import dev.purser.domain.HoldId;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.SessionId;
import dev.purser.domain.WalletId;
import dev.purser.domain.pricing.Usage;
import dev.purser.domain.wallet.WalletCommand.CaptureHold;
import dev.purser.domain.wallet.WalletCommand.CreditWallet;
import dev.purser.domain.wallet.WalletCommand.DebitUsage;
import dev.purser.domain.wallet.WalletCommand.ExpireHold;
import dev.purser.domain.wallet.WalletCommand.HoldCredits;
import dev.purser.domain.wallet.WalletCommand.ReleaseHold;
import dev.purser.domain.wallet.WalletEvent.CreditsHeld;
import dev.purser.domain.wallet.WalletEvent.HoldExpired;
import dev.purser.domain.wallet.WalletEvent.HoldReleased;
import dev.purser.domain.wallet.WalletEvent.UsageDebited;
import dev.purser.domain.wallet.WalletEvent.WalletCredited;
import dev.purser.domain.wallet.WalletEvent.WalletOpened;
import java.math.BigDecimal;
import java.time.Instant;

/** The words the wallet's tests are written in; amounts are in dollars. */
final class WalletFixture {
    static final WalletId WALLET = new WalletId("wal1");
    static final SessionId SESSION = new SessionId("ses1");
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final Instant LATER = NOON.plusSeconds(600);

    private WalletFixture() {}

    static WalletOpened opened() {
        return new WalletOpened(
                WALLET, new CustomerId("cus1"), new OrganizationId("org1"), new ProjectId("prj1"), Mode.LIVE);
    }

    static WalletCredited credited(String amount, String balance) {
        return new WalletCredited(CreditKind.ADJUSTMENT, dollars(amount), dollars(balance), null, null);
    }

    static CreditsHeld held(String id, String amount) {
        return new CreditsHeld(new HoldId(id), dollars(amount), HoldOrigin.GATEWAY, null, null, "m", LATER);
    }

    /** A bill for which nothing was held. */
    static UsageDebited debited(String id, String cost, String charged, String balance) {
        return new UsageDebited(
                new HoldId(id), dollars(cost), dollars(charged), dollars(balance), null, null, metering(), null, null);
    }

    static UsageDebited billed(String id, String held, String cost, String charged, String balance) {
        return new UsageDebited(
                new HoldId(id),
                dollars(cost),
                dollars(charged),
                dollars(balance),
                dollars(held),
                null,
                metering(),
                null,
                null);
    }

    static HoldReleased released(String id, String held) {
        return new HoldReleased(new HoldId(id), dollars(held));
    }

    static HoldExpired expired(String id, String held) {
        return new HoldExpired(new HoldId(id), dollars(held));
    }

    static CreditWallet credit(String amount) {
        return new CreditWallet(WALLET, CreditKind.ADJUSTMENT, dollars(amount), null);
    }

    static HoldCredits hold(String id, String amount) {
        return new HoldCredits(WALLET, new HoldId(id), dollars(amount), HoldOrigin.GATEWAY, null, null, "m", LATER);
    }

    static HoldCredits backendHold(String id, String amount) {
        return new HoldCredits(WALLET, new HoldId(id), dollars(amount), HoldOrigin.BACKEND, null, null, null, LATER);
    }

    static HoldCredits cappedHold(String id, String amount, String cap) {
        SessionCap sessionCap = new SessionCap(dollars(cap), NOON.plusSeconds(86_400));
        return new HoldCredits(
                WALLET, new HoldId(id), dollars(amount), HoldOrigin.GATEWAY, SESSION, sessionCap, "m", LATER);
    }

    static CaptureHold capture(String id, String cost) {
        return new CaptureHold(WALLET, new HoldId(id), HoldOrigin.GATEWAY, dollars(cost), metering(), NOON);
    }

    static CaptureHold backendCapture(String id, String cost, Instant at) {
        return new CaptureHold(WALLET, new HoldId(id), HoldOrigin.BACKEND, dollars(cost), null, at);
    }

    static ReleaseHold release(String id) {
        return new ReleaseHold(WALLET, new HoldId(id), HoldOrigin.GATEWAY);
    }

    static ExpireHold expire(String id, Instant at) {
        return new ExpireHold(WALLET, new HoldId(id), at);
    }

    static DebitUsage debit(String id, String cost) {
        return new DebitUsage(WALLET, new HoldId(id), dollars(cost), metering(), null, null);
    }

    static Metering metering() {
        return new Metering("m", "p", Usage.ofTokens(10, 20), UsageSource.PROVIDER, 1, "up1");
    }

    static Money dollars(String amount) {
        return Money.of(new BigDecimal(amount));
    }
}
