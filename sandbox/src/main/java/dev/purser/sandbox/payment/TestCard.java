package dev.purser.sandbox.payment;

import static dev.purser.sandbox.payment.CardOutcome.declines;

import dev.purser.sandbox.payment.CardOutcome.Challenges;
import dev.purser.sandbox.payment.CardOutcome.Declines;
import dev.purser.sandbox.payment.CardOutcome.Succeeds;
import dev.purser.sandbox.payment.CardOutcome.SucceedsDisputed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stripe's documented test cards (docs.stripe.com/testing) that the sandbox knows, with their ready payment methods. */
public enum TestCard {
    VISA("4242424242424242", new Succeeds(), "succeeds", "visa", "us", "visa_threeDSecureOptional"),
    VISA_DEBIT("4000056655665556", new Succeeds(), "succeeds", "visa_debit"),
    MASTERCARD("5555555555554444", new Succeeds(), "succeeds", "mastercard"),
    MASTERCARD_2_SERIES("2223003122003222", new Succeeds(), "succeeds", "mastercard_2series"),
    MASTERCARD_DEBIT("5200828282828210", new Succeeds(), "succeeds", "mastercard_debit"),
    MASTERCARD_PREPAID("5105105105105100", new Succeeds(), "succeeds", "mastercard_prepaid"),
    AMEX("378282246310005", new Succeeds(), "succeeds", "amex", "amex_threeDSecureNotSupported"),
    AMEX_2("371449635398431", new Succeeds(), "succeeds"),
    DISCOVER("6011111111111117", new Succeeds(), "succeeds", "discover"),
    DISCOVER_2("6011000990139424", new Succeeds(), "succeeds"),
    DINERS("3056930009020004", new Succeeds(), "succeeds", "diners"),
    DINERS_14("36227206271667", new Succeeds(), "succeeds"),
    JCB("3566002020360505", new Succeeds(), "succeeds", "jcb"),
    UNIONPAY("6200000000000005", new Succeeds(), "succeeds", "unionpay"),
    BYPASS_PENDING(
            "4000000000000077", new Succeeds(), "succeeds, available at once (all money is, here)", "bypassPending"),

    DECLINED(
            "4000000000000002",
            declines("generic_decline", "Your card was declined."),
            "declined",
            "chargeDeclined",
            "visa_chargeDeclined"),
    DECLINED_CUSTOMER(
            "4000000000000341",
            declines("generic_decline", "Your card was declined."),
            "can be saved, then is declined",
            "chargeCustomerFail"),
    INSUFFICIENT_FUNDS(
            "4000000000009995",
            declines("insufficient_funds", "Your card has insufficient funds."),
            "declined: insufficient funds",
            "chargeDeclinedInsufficientFunds",
            "visa_chargeDeclinedInsufficientFunds"),
    LOST(
            "4000000000009987",
            declines("lost_card", "Your card was declined."),
            "declined: lost card",
            "chargeDeclinedLostCard",
            "visa_chargeDeclinedLostCard"),
    STOLEN(
            "4000000000009979",
            declines("stolen_card", "Your card was declined."),
            "declined: stolen card",
            "chargeDeclinedStolenCard",
            "visa_chargeDeclinedStolenCard"),
    EXPIRED(
            "4000000000000069",
            new Declines("expired_card", "expired_card", "exp_month", "Your card has expired."),
            "declined: expired card",
            "chargeDeclinedExpiredCard",
            "visa_chargeDeclinedExpiredCard"),
    INCORRECT_CVC(
            "4000000000000127",
            new Declines("incorrect_cvc", "incorrect_cvc", "cvc", "Your card's security code is incorrect."),
            "declined: incorrect CVC",
            "chargeDeclinedIncorrectCvc",
            "visa_chargeDeclinedIncorrectCvc"),
    PROCESSING_ERROR(
            "4000000000000119",
            new Declines(
                    "processing_error",
                    "processing_error",
                    null,
                    "An error occurred while processing your card. Try again in a little bit."),
            "declined: processing error",
            "chargeDeclinedProcessingError",
            "visa_chargeDeclinedProcessingError"),
    VELOCITY(
            "4000000000006975",
            declines(
                    "card_velocity_exceeded",
                    "Your card was declined for making repeated attempts too frequently or exceeding its amount"
                            + " limit."),
            "declined: too many attempts",
            "chargeDeclinedVelocityLimitExceeded",
            "visa_chargeDeclinedVelocityLimitExceeded"),
    FRAUDULENT(
            "4100000000000019",
            declines("fraudulent", "Your card was declined."),
            "blocked: highest risk",
            "radarBlock",
            "chargeDeclinedFraudulent"),

    CHALLENGE("4000000000003220", new Challenges(new Succeeds()), "3-D Secure required", "threeDSecure2Required"),
    CHALLENGE_UNLESS_SET_UP(
            "4000002500003155", new Challenges(new Succeeds()), "3-D Secure required", "authenticationRequiredOnSetup"),
    CHALLENGE_ALWAYS(
            "4000002760003184", new Challenges(new Succeeds()), "3-D Secure required", "authenticationRequired"),
    CHALLENGE_THEN_DECLINED(
            "4000008400001629",
            new Challenges(declines("generic_decline", "Your card was declined.")),
            "3-D Secure required, then declined",
            "threeDSecureRequiredChargeDeclined"),
    CHALLENGE_THEN_INSUFFICIENT_FUNDS(
            "4000008260003178",
            new Challenges(declines("insufficient_funds", "Your card has insufficient funds.")),
            "3-D Secure required, then declined: insufficient funds",
            "authenticationRequiredChargeDeclinedInsufficientFunds"),

    DISPUTED("4000000000000259", new SucceedsDisputed("fraudulent", false), "succeeds, then disputed", "createDispute"),
    DISPUTED_NOT_RECEIVED(
            "4000000000002685",
            new SucceedsDisputed("product_not_received", false),
            "succeeds, then disputed: not received",
            "createDisputeProductNotReceived"),
    INQUIRED(
            "4000000000001976",
            new SucceedsDisputed("fraudulent", true),
            "succeeds, then the bank inquires",
            "createDisputeInquiry"),

    UNKNOWN(
            "",
            declines(
                    "test_mode_live_card",
                    "Your card was declined. The sandbox knows Stripe's test cards only: see docs.stripe.com/testing."),
            "declined: not a test card");

    private final String number;

    @SuppressWarnings("ImmutableEnumChecker") // Records of texts.
    private final CardOutcome outcome;

    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // Made by List.of.
    private final List<String> names;

    TestCard(String number, CardOutcome outcome, String description, String... names) {
        this.number = number;
        this.outcome = outcome;
        this.description = description;
        this.names = List.of(names);
    }

    static TestCard ofNumber(String number) {
        for (TestCard card : values()) {
            if (card.number.equals(number)) {
                return card;
            }
        }
        return UNKNOWN;
    }

    /** The card behind an id like {@code pm_card_visa}. */
    static @Nullable TestCard ofPaymentMethod(String id) {
        for (TestCard card : values()) {
            if (card.paymentMethods().contains(id)) {
                return card;
            }
        }
        return null;
    }

    public String number() {
        return number;
    }

    CardOutcome outcome() {
        return outcome;
    }

    /** What it does, in a few words. */
    public String description() {
        return description;
    }

    /** Ids that may be used as payment methods without making one. */
    public List<String> paymentMethods() {
        return names.stream().map(name -> "pm_card_" + name).toList();
    }

    String funding() {
        return name().contains("DEBIT") ? "debit" : name().contains("PREPAID") ? "prepaid" : "credit";
    }
}
