package dev.purser.domain.wallet;

import static dev.purser.domain.wallet.WalletFixture.LATER;
import static dev.purser.domain.wallet.WalletFixture.NOON;
import static dev.purser.domain.wallet.WalletFixture.SESSION;
import static dev.purser.domain.wallet.WalletFixture.credited;
import static dev.purser.domain.wallet.WalletFixture.dollars;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.purser.domain.HoldId;
import dev.purser.domain.Money;
import dev.purser.domain.SessionId;
import dev.purser.domain.TopUpId;
import dev.purser.domain.wallet.WalletEvent.CreditReversed;
import dev.purser.domain.wallet.WalletEvent.CreditsHeld;
import dev.purser.domain.wallet.WalletEvent.HoldExpired;
import dev.purser.domain.wallet.WalletEvent.HoldRenewed;
import dev.purser.domain.wallet.WalletEvent.LossRecovered;
import dev.purser.domain.wallet.WalletEvent.WalletFrozen;
import dev.purser.domain.wallet.WalletEvent.WalletTermsChanged;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

class WalletSnapshotTest {
    private static final String APPROVED = "/wallet-snapshot.approved.json";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .changeDefaultPropertyInclusion(
                    _ -> JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    static WalletSnapshot throughJson(WalletSnapshot snapshot) {
        return MAPPER.readValue(MAPPER.writeValueAsBytes(snapshot), WalletSnapshot.class);
    }

    /** One of everything. */
    private static WalletState full() {
        WalletState state = new WalletState(WalletFixture.opened());
        SessionCap cap = new SessionCap(dollars("3"), NOON.plusSeconds(86_400));
        List.of(
                        credited("10", "10"),
                        new CreditsHeld(new HoldId("h1"), dollars("1"), HoldOrigin.GATEWAY, SESSION, cap, "m", LATER),
                        new HoldRenewed(
                                new HoldId("h1"), LATER.plusSeconds(60), dollars("0.5"), WalletFixture.metering()),
                        new CreditsHeld(new HoldId("h2"), dollars("2"), HoldOrigin.BACKEND, null, null, null, LATER),
                        new CreditsHeld(
                                new HoldId("h3"), dollars("0.25"), HoldOrigin.GATEWAY, SESSION, cap, "m", LATER),
                        WalletFixture.expired("h3", "0.25"),
                        new WalletFrozen(FreezeReason.OPERATOR),
                        new WalletFrozen(FreezeReason.ofDispute("dp_1")),
                        new CreditReversed(
                                new TopUpId("t1"), CreditKind.TOPUP, dollars("7.5"), dollars("7"), dollars("3")),
                        WalletFixture.released("h2", "2"),
                        new LossRecovered(new TopUpId("t1"), dollars("0.5"), dollars("2.5")),
                        new CreditReversed(
                                new TopUpId("t2"), CreditKind.TOPUP, dollars("2"), dollars("1.5"), dollars("1")),
                        new WalletTermsChanged(new WalletTerms(new BigDecimal("12.5"), null, dollars("2"))))
                .forEach(state::evolve);
        return state;
    }

    @Test
    void keepsItsForm() {
        Object actual = MAPPER.readValue(MAPPER.writeValueAsBytes(full().snapshot()), Object.class);
        assertThat(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(actual))
                .as("a change of form or meaning needs another WalletSnapshot.VERSION, now %s", WalletSnapshot.VERSION)
                .isEqualTo(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(approved()));
    }

    private static Object approved() {
        try (InputStream in = WalletSnapshotTest.class.getResourceAsStream(APPROVED)) {
            return in == null ? Map.of() : MAPPER.readValue(in, Object.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void isTheWholeState() {
        WalletState state = full();
        WalletState restored = new WalletState(throughJson(state.snapshot()));
        assertThat(restored.snapshot()).isEqualTo(state.snapshot());
        assertThat(restored.view()).isEqualTo(state.view());
        assertThat(new Wallet(state.snapshot()).snapshot()).isEqualTo(state.snapshot());
    }

    @Test
    void doesNotChangeWithItsWallet() {
        WalletState state = full();
        WalletSnapshot before = state.snapshot();
        WalletSnapshot copy = throughJson(before);
        state.evolve(WalletFixture.debited("h1", "0.5", "0.5", "9.5"));
        state.evolve(WalletFixture.expired("h2", "2"));
        assertThat(before).isEqualTo(copy);
    }

    @Test
    void cannotHoldMoreThanThereIs() {
        WalletSnapshot good = full().snapshot();
        assertThatThrownBy(() -> new WalletSnapshot(
                        good.id(),
                        good.customerId(),
                        good.mode(),
                        dollars("0.9"),
                        good.open(),
                        good.late(),
                        good.caps(),
                        good.pruneCapsAbove(),
                        good.frozenFor(),
                        good.claims(),
                        good.recovered(),
                        good.terms()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void staysSmallHoweverManySessionsAndLateHoldsAWalletHasHad() {
        WalletState state = new WalletState(WalletFixture.opened());
        state.evolve(credited("1000000", "1000000"));
        for (int i = 0; i < 10_000; i++) {
            Instant at = NOON.plusSeconds(3_600L * i);
            HoldId hold = new HoldId("h" + i);
            SessionCap cap = new SessionCap(dollars("3"), at.plusSeconds(3_600));
            state.evolve(new CreditsHeld(
                    hold, new Money(1), HoldOrigin.GATEWAY, new SessionId("s" + i), cap, "m", at.plusSeconds(60)));
            state.evolve(new HoldExpired(hold, new Money(1)));
        }
        WalletSnapshot snapshot = state.snapshot();
        assertThat(snapshot.open()).isEmpty();
        assertThat(snapshot.late()).hasSize(256);
        assertThat(snapshot.caps()).as("one an hour, kept for a day").hasSizeLessThanOrEqualTo(64);
    }
}
