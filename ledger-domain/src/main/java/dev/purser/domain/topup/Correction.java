package dev.purser.domain.topup;

import dev.purser.domain.Money;

/** What a settled top-up asks of the wallet, the margin account and the promotional credits before it is put on record. */
sealed interface Correction {
    /** Money that went back to the customer. */
    sealed interface Take extends Correction {
        Share share();

        /** Whether the bonus that is taken is free to be given to others at once. */
        boolean isFinal();
    }

    record TakeRefund(Money refunded, Share share) implements Take {
        @Override
        public boolean isFinal() {
            return true;
        }
    }

    /** {@code opening}: the dispute is new; else it takes what found no room before. */
    record TakeDispute(String disputeId, Money amount, Share share, boolean opening, boolean isFinal) implements Take {}

    record Resolve(String disputeId, boolean won, Share share, Taken taken) implements Correction {}
}
