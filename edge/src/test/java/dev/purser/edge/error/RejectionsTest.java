package dev.purser.edge.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.Money;
import dev.purser.domain.PayoutId;
import dev.purser.domain.Rejection;
import dev.purser.domain.Rejection.AlreadyExists;
import dev.purser.domain.Rejection.BalanceLimitExceeded;
import dev.purser.domain.Rejection.CaptureAboveHold;
import dev.purser.domain.Rejection.CustomerIsBlocked;
import dev.purser.domain.Rejection.GrantLimitExceeded;
import dev.purser.domain.Rejection.HoldHasExpired;
import dev.purser.domain.Rejection.HoldNotOpen;
import dev.purser.domain.Rejection.InsufficientCredits;
import dev.purser.domain.Rejection.PayoutBelowMinimum;
import dev.purser.domain.Rejection.PayoutInFlight;
import dev.purser.domain.Rejection.PayoutNotInFlight;
import dev.purser.domain.Rejection.SessionCapReached;
import dev.purser.domain.Rejection.SessionIsOver;
import dev.purser.domain.Rejection.SessionIsRevoked;
import dev.purser.domain.Rejection.TokenSuperseded;
import dev.purser.domain.Rejection.Unknown;
import dev.purser.domain.Rejection.WalletIsFrozen;
import dev.purser.edge.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RejectionsTest {
    private static final Money CENT = new Money(10_000_000);
    private static final Money DOLLAR = Money.ofDollars(1);

    private static final PayoutId PAYOUT = new PayoutId("pyt1");

    private record Expected(Rejection rejection, int status, String code, String inMessage) {}

    private static final List<Expected> ALL = List.of(
            new Expected(
                    new InsufficientCredits(DOLLAR, CENT), 402, "insufficient_credits", "1 needed, 0.01 available"),
            new Expected(new SessionCapReached(DOLLAR, CENT), 402, "session_spend_cap", "1 needed, 0.01 left"),
            new Expected(new WalletIsFrozen(), 402, "wallet_frozen", "frozen"),
            new Expected(new BalanceLimitExceeded(DOLLAR), 409, "balance_limit_exceeded", "above 1"),
            new Expected(new HoldNotOpen(), 409, "hold_not_open", "captured or released"),
            new Expected(new HoldHasExpired(), 409, "hold_expired", "expired"),
            new Expected(new CaptureAboveHold(CENT, DOLLAR), 400, "invalid_request", "at most 0.01"),
            new Expected(new GrantLimitExceeded(DOLLAR, CENT), 402, "grant_limit_exceeded", "0.01 left today"),
            new Expected(new PayoutBelowMinimum(CENT), 400, "payout_below_minimum", "0.01 is payable"),
            new Expected(new PayoutInFlight(PAYOUT), 409, "payout_in_flight", "pyt1"),
            new Expected(new PayoutNotInFlight(PAYOUT), 409, "payout_not_in_flight", "pyt1"),
            new Expected(new CustomerIsBlocked(), 403, "customer_blocked", "blocked"),
            new Expected(new SessionIsRevoked(), 401, "token_revoked", "revoked"),
            new Expected(new TokenSuperseded(), 401, "token_superseded", "refresh"),
            new Expected(new SessionIsOver(), 401, "token_expired", "greatest age"),
            new Expected(new Unknown("wallet"), 404, "not_found", "wallet not found"),
            new Expected(new AlreadyExists("project"), 409, "already_exists", "project"));

    @Test
    void everyRejectionHasItsStatusItsCodeAndAMessageWithTheAmounts() {
        for (Expected expected : ALL) {
            Problem problem = Rejections.problem(expected.rejection());
            assertThat(problem.status()).as("%s", expected).isEqualTo(expected.status());
            assertThat(problem.code()).as("%s", expected).isEqualTo(expected.code());
            assertThat(problem.message()).as("%s", expected).contains(expected.inMessage());
        }
    }

    @Test
    void aPayoutIsNamedInAFieldOfItsOwn() {
        assertThat(Rejections.problem(new PayoutInFlight(PAYOUT)).named())
                .containsExactly(Map.entry("payoutId", "pyt1"));
        assertThat(ErrorBody.api(Rejections.problem(new PayoutInFlight(PAYOUT)), "req1"))
                .containsEntry("payoutId", "pyt1");
    }

    @Test
    void noRejectionIsForgottenHere() {
        Set<Class<?>> covered =
                ALL.stream().map(expected -> expected.rejection().getClass()).collect(Collectors.toSet());
        assertThat(covered).containsExactlyInAnyOrder(Rejection.class.getPermittedSubclasses());
    }
}
