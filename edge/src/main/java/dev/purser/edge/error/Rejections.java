package dev.purser.edge.error;

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

/** The one place where a refusal of the ledger becomes a status, a code and a message; amounts are in dollars. */
public final class Rejections {
    private Rejections() {}

    public static Problem problem(Rejection rejection) {
        return switch (rejection) {
            case InsufficientCredits(var needed, var available) ->
                new Problem(
                        402,
                        "insufficient_credits",
                        "Insufficient credits: %s needed, %s available".formatted(needed, available));
            case SessionCapReached(var needed, var left) ->
                new Problem(
                        402,
                        "session_spend_cap",
                        "The session's spend cap is reached: %s needed, %s left under it, calls under way counted"
                                .formatted(needed, left));
            case WalletIsFrozen() -> new Problem(402, "wallet_frozen", "The wallet is frozen and spends nothing");
            case GrantLimitExceeded(var dailyLimit, var left) ->
                new Problem(
                        402,
                        "grant_limit_exceeded",
                        "The project grants at most %s a day: %s left today".formatted(dailyLimit, left));
            case PayoutBelowMinimum(var payable) ->
                new Problem(400, "payout_below_minimum", "A payout is at least 1: %s is payable".formatted(payable));
            case PayoutInFlight(var payoutId) ->
                new Problem(409, "payout_in_flight", "Payout " + payoutId + " is in flight; wait until it has come out")
                        .naming("payoutId", payoutId.value());
            case PayoutNotInFlight(var payoutId) ->
                new Problem(409, "payout_not_in_flight", "Payout " + payoutId + " has come out already")
                        .naming("payoutId", payoutId.value());
            case CaptureAboveHold(var held, var asked) ->
                Problem.invalid("amount", "must be at most %s, the amount held, and is %s".formatted(held, asked));
            case BalanceLimitExceeded(var limit) ->
                new Problem(409, "balance_limit_exceeded", "The credit would lift the balance above " + limit);
            case HoldNotOpen() -> new Problem(409, "hold_not_open", "The hold is captured or released already");
            case HoldHasExpired() -> new Problem(409, "hold_expired", "The hold has expired");
            case CustomerIsBlocked() -> new Problem(403, "customer_blocked", "The customer is blocked");
            case SessionIsRevoked() -> new Problem(401, "token_revoked", "The session is revoked");
            case TokenSuperseded() ->
                new Problem(401, "token_superseded", "The session token was replaced by a refresh; use the newer one");
            case SessionIsOver() ->
                new Problem(401, "token_expired", "The session has reached its greatest age; mint a new one");
            case Unknown(var what) -> Problem.notFound(what);
            case AlreadyExists(var what) -> new Problem(409, "already_exists", "That " + what + " exists already");
        };
    }
}
