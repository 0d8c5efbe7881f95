package dev.purser.domain;

/** Every reason for which the ledger refuses a command. */
public sealed interface Rejection {
    /** The available balance is below what is asked for. */
    record InsufficientCredits(Money needed, Money available) implements Rejection {}

    /** The session's spend cap leaves less than what is asked for, calls under way counted. */
    record SessionCapReached(Money needed, Money left) implements Rejection {}

    /** The wallet is frozen: it spends nothing. */
    record WalletIsFrozen() implements Rejection {}

    /** A credit would lift the balance above the limit of a wallet. */
    record BalanceLimitExceeded(Money limit) implements Rejection {}

    /** The hold is not open: never made here, captured or released. */
    record HoldNotOpen() implements Rejection {}

    record HoldHasExpired() implements Rejection {}

    record CaptureAboveHold(Money held, Money asked) implements Rejection {}

    /** The project has granted its daily limit. */
    record GrantLimitExceeded(Money dailyLimit, Money left) implements Rejection {}

    /** Less than the smallest payout is payable. */
    record PayoutBelowMinimum(Money payable) implements Rejection {}

    /** Another payout of the organization is under way. */
    record PayoutInFlight(PayoutId payoutId) implements Rejection {}

    /** The payout has failed already, or was paid already. */
    record PayoutNotInFlight(PayoutId payoutId) implements Rejection {}

    record CustomerIsBlocked() implements Rejection {}

    record SessionIsRevoked() implements Rejection {}

    /** The token is of a generation that refresh no longer takes. */
    record TokenSuperseded() implements Rejection {}

    /** The session has reached its greatest age. */
    record SessionIsOver() implements Rejection {}

    /** No aggregate of that id. */
    record Unknown(String what) implements Rejection {}

    /** An aggregate of that id is there already. */
    record AlreadyExists(String what) implements Rejection {}

    default Rejected asException() {
        return new Rejected(this);
    }
}
