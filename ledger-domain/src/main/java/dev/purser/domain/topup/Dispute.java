package dev.purser.domain.topup;

import dev.purser.domain.Money;

/**
 * A dispute of a top-up.
 *
 * @param share taken so far; its cash is less than {@code amount} where refunds and other disputes leave no room
 */
record Dispute(Money amount, Status status, Share share, Taken taken) {
    enum Status {
        ANNOUNCED,
        OPEN,
        WON,
        LOST
    }

    static Dispute announced(Money amount) {
        return new Dispute(amount, Status.ANNOUNCED, Share.NONE, Taken.NOTHING);
    }

    Dispute takes(Share more, Taken moreTaken) {
        return new Dispute(
                amount, status == Status.ANNOUNCED ? Status.OPEN : status, share.plus(more), taken.plus(moreTaken));
    }

    Dispute resolved(boolean won) {
        return won
                ? new Dispute(amount, Status.WON, Share.NONE, Taken.NOTHING)
                : new Dispute(amount, Status.LOST, share, taken);
    }

    /** Whether its money is gone. */
    boolean counts() {
        return status == Status.OPEN || status == Status.LOST;
    }
}
