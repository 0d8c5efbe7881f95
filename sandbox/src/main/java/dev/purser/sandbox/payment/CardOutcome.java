package dev.purser.sandbox.payment;

import org.jspecify.annotations.Nullable;

/** What a test card does when it is charged. */
sealed interface CardOutcome {
    record Succeeds() implements CardOutcome {}

    /**
     * @param code of the error
     * @param declineCode what the bank says
     * @param param the field of the card that is to blame
     */
    record Declines(
            String code, String declineCode, @Nullable String param, String message) implements CardOutcome {}

    /** The payment goes on once the cardholder has passed a 3-D Secure challenge. */
    record Challenges(CardOutcome then) implements CardOutcome {}

    /**
     * The payment succeeds, and the cardholder disputes it at once.
     *
     * @param inquiry the bank only asks, and takes no money
     */
    record SucceedsDisputed(String reason, boolean inquiry) implements CardOutcome {}

    static CardOutcome declines(String declineCode, String message) {
        return new Declines("card_declined", declineCode, null, message);
    }
}
