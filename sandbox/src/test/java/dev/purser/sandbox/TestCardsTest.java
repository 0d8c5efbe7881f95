package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.exception.CardException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.PaymentMethod;
import com.stripe.param.PaymentIntentCreateParams;
import dev.purser.sandbox.payment.TestCard;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cards as docs.stripe.com/testing describes them. */
class TestCardsTest {
    private static final Fixture FIXTURE = Fixture.started();

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    @ParameterizedTest
    @CsvSource({
        "4242424242424242, visa, credit",
        "4000056655665556, visa, debit",
        "5555555555554444, mastercard, credit",
        "2223003122003222, mastercard, credit",
        "5200828282828210, mastercard, debit",
        "5105105105105100, mastercard, prepaid",
        "378282246310005, amex, credit",
        "371449635398431, amex, credit",
        "6011111111111117, discover, credit",
        "3056930009020004, diners, credit",
        "36227206271667, diners, credit",
        "3566002020360505, jcb, credit",
        "6200000000000005, unionpay, credit"
    })
    void theseNumbersPay(String number, String brand, String funding) throws Exception {
        PaymentIntent paid = payWith(number);

        assertThat(paid.getStatus()).isEqualTo("succeeded");
        PaymentMethod.Card card = FIXTURE.test
                .v1()
                .paymentMethods()
                .retrieve(paid.getPaymentMethod())
                .getCard();
        assertThat(card.getBrand()).isEqualTo(brand);
        assertThat(card.getFunding()).isEqualTo(funding);
        assertThat(number).endsWith(card.getLast4());
    }

    @ParameterizedTest
    @CsvSource({
        "4000000000000002, card_declined, generic_decline, pm_card_chargeDeclined",
        "4000000000000002, card_declined, generic_decline, pm_card_visa_chargeDeclined",
        "4000000000000341, card_declined, generic_decline, pm_card_chargeCustomerFail",
        "4000000000009995, card_declined, insufficient_funds, pm_card_visa_chargeDeclinedInsufficientFunds",
        "4000000000009987, card_declined, lost_card, pm_card_visa_chargeDeclinedLostCard",
        "4000000000009979, card_declined, stolen_card, pm_card_visa_chargeDeclinedStolenCard",
        "4000000000000069, expired_card, expired_card, pm_card_chargeDeclinedExpiredCard",
        "4000000000000127, incorrect_cvc, incorrect_cvc, pm_card_chargeDeclinedIncorrectCvc",
        "4000000000000119, processing_error, processing_error, pm_card_chargeDeclinedProcessingError",
        "4000000000006975, card_declined, card_velocity_exceeded, pm_card_visa_chargeDeclinedVelocityLimitExceeded",
        "4100000000000019, card_declined, fraudulent, pm_card_radarBlock"
    })
    void theseNumbersAndTheirPaymentMethodsAreDeclined(
            String number, String code, String declineCode, String paymentMethod) {
        CardException byNumber = catchThrowableOfType(CardException.class, () -> payWith(number));
        CardException byName =
                catchThrowableOfType(CardException.class, () -> FIXTURE.pay(FIXTURE.test, 1000, paymentMethod));

        assertThat(Stream.of(byNumber, byName)).allSatisfy(declined -> {
            assertThat(declined.getCode()).isEqualTo(code);
            assertThat(declined.getDeclineCode()).isEqualTo(declineCode);
            assertThat(declined.getStripeError().getPaymentIntent().getStatus()).isEqualTo("requires_payment_method");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pm_card_threeDSecure2Required",
                "pm_card_authenticationRequired",
                "pm_card_authenticationRequiredOnSetup"
            })
    void theseWaitForTheCardholder(String paymentMethod) throws Exception {
        PaymentIntent waiting = FIXTURE.pay(FIXTURE.test, 1000, paymentMethod);

        assertThat(waiting.getStatus()).isEqualTo("requires_action");
        assertThat(waiting.getNextAction().getType()).isEqualTo("use_stripe_sdk");
        FIXTURE.post(
                Fixture.TEST.secretKey(),
                "/sandbox/payment_intents/" + waiting.getId() + "/challenge",
                "passed",
                "true");
        assertThat(FIXTURE.test.v1().paymentIntents().retrieve(waiting.getId()).getStatus())
                .isEqualTo("succeeded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4000002500003155", "4000002760003184", "4000000000003220"})
    void theCardholderPassesTheChallengeOnItsPageAndIsSentBack(String number) throws Exception {
        String page = challengeOf(number, "https://shop.example/back?order=7");
        assertThat(FIXTURE.browse(page, null).body()).contains("3-D Secure challenge", "$10.00");

        HttpResponse<String> done = FIXTURE.browse(page, "answer=complete");

        assertThat(done.statusCode()).isEqualTo(303);
        String location = done.headers().firstValue("Location").orElseThrow();
        assertThat(URLDecoder.decode(location, StandardCharsets.UTF_8))
                .startsWith("https://shop.example/back?order=7&payment_intent=pi_")
                .endsWith("&redirect_status=succeeded");
        assertThat(FIXTURE.browse(page, "answer=complete").statusCode()).isEqualTo(404);
    }

    @Test
    void aFailedChallengeLeavesTheIntentUnpaid() throws Exception {
        String page = challengeOf("4000002760003184", "https://shop.example/back");

        HttpResponse<String> done = FIXTURE.browse(page, "answer=fail");

        assertThat(done.headers().firstValue("Location").orElseThrow()).endsWith("redirect_status=failed");
        String id = List.of(page.split("/", -1)).get(5);
        PaymentIntent failed = FIXTURE.test.v1().paymentIntents().retrieve(id);
        assertThat(failed.getStatus()).isEqualTo("requires_payment_method");
        assertThat(failed.getLastPaymentError().getCode()).isEqualTo("payment_intent_authentication_failure");
    }

    @Test
    void aCardMayBeDeclinedAfterItsChallenge() throws Exception {
        String page = challengeOf("4000008400001629", "https://shop.example/back");

        assertThat(FIXTURE.browse(page, "answer=complete")
                        .headers()
                        .firstValue("Location")
                        .orElseThrow())
                .endsWith("redirect_status=failed");
    }

    @Test
    void whereNobodyCanAnswerAChallengeIsADecline() {
        CardException declined = catchThrowableOfType(
                CardException.class,
                () -> FIXTURE.test
                        .v1()
                        .paymentIntents()
                        .create(PaymentIntentCreateParams.builder()
                                .setAmount(1000L)
                                .setCurrency("usd")
                                .setPaymentMethod("pm_card_authenticationRequired")
                                .setOffSession(true)
                                .setConfirm(true)
                                .build()));

        assertThat(declined.getCode()).isEqualTo("authentication_required");
    }

    @ParameterizedTest
    @CsvSource({
        "4242424242424241, 12, 2090, 123, incorrect_number, number",
        "42424242, 12, 2090, 123, incorrect_number, number",
        "4242424242424242, 12, 2020, 123, invalid_expiry_year, exp_year",
        "4242424242424242, 13, 2040, 123, invalid_expiry_month, exp_month",
        "4242424242424242, 12, 2040, 12, invalid_cvc, cvc",
        "4242424242424242, 12, 2040, 1234, invalid_cvc, cvc"
    })
    void impossibleCardsAreRefusedWithTheFieldThatIsToBlame(
            String number, String month, String year, String cvc, String code, String param) throws Exception {
        HttpResponse<String> response = FIXTURE.call(
                Fixture.TEST.publishableKey(),
                "POST",
                "/v1/payment_methods",
                Fixture.form(
                        "type",
                        "card",
                        "card[number]",
                        number,
                        "card[exp_month]",
                        month,
                        "card[exp_year]",
                        year,
                        "card[cvc]",
                        cvc));

        assertThat(response.statusCode()).isEqualTo(402);
        assertThat(response.body()).contains("\"code\":\"" + code + "\"", "\"param\":\"" + param + "\"", "card_error");
    }

    @Test
    void aCardThatIsNoTestCardIsDeclined() {
        CardException declined = catchThrowableOfType(CardException.class, () -> payWith("4111111111111111"));

        assertThat(declined.getDeclineCode()).isEqualTo("test_mode_live_card");
    }

    static Stream<Arguments> readyPaymentMethods() {
        return Stream.of(TestCard.values())
                .flatMap(card -> card.paymentMethods().stream().map(name -> Arguments.of(card.number(), name)));
    }

    @ParameterizedTest
    @MethodSource("readyPaymentMethods")
    void everyReadyPaymentMethodIsTheCardOfItsNumber(String number, String paymentMethod) throws Exception {
        PaymentMethod method = FIXTURE.test.v1().paymentMethods().retrieve(paymentMethod);

        assertThat(number).endsWith(method.getCard().getLast4());
        assertThat(method.getId()).startsWith("pm_1");
    }

    private static PaymentIntent payWith(String number) throws Exception {
        return FIXTURE.pay(FIXTURE.test, 1000, methodOf(number));
    }

    private static String methodOf(String number) throws Exception {
        return FIXTURE.post(
                        Fixture.TEST.publishableKey(),
                        "/v1/payment_methods",
                        "type",
                        "card",
                        "card[number]",
                        number,
                        "card[exp_month]",
                        "12",
                        "card[exp_year]",
                        "2040",
                        "card[cvc]",
                        number.startsWith("37") ? "1234" : "123")
                .get("id")
                .asString();
    }

    private static String challengeOf(String number, String returnUrl) throws Exception {
        PaymentIntent waiting = FIXTURE.test
                .v1()
                .paymentIntents()
                .create(PaymentIntentCreateParams.builder()
                        .setAmount(1000L)
                        .setCurrency("usd")
                        .setPaymentMethod(methodOf(number))
                        .setReturnUrl(returnUrl)
                        .setConfirm(true)
                        .build());
        assertThat(waiting.getNextAction().getType()).isEqualTo("redirect_to_url");
        return waiting.getNextAction().getRedirectToUrl().getUrl();
    }
}
