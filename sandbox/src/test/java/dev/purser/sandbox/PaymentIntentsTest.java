package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.model.BalanceTransaction;
import com.stripe.model.Charge;
import com.stripe.model.Customer;
import com.stripe.model.PaymentIntent;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.PaymentIntentCancelParams;
import com.stripe.param.PaymentIntentConfirmParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.PaymentIntentRetrieveParams;
import com.stripe.param.PaymentIntentUpdateParams;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PaymentIntentsTest {
    private static final Fixture FIXTURE = Fixture.started();

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    @Test
    void anIntentIsMadeThenConfirmedAndPaid() throws Exception {
        Customer customer = FIXTURE.live
                .v1()
                .customers()
                .create(CustomerCreateParams.builder()
                        .setEmail("ada@example.com")
                        .build());
        PaymentIntent made = FIXTURE.live
                .v1()
                .paymentIntents()
                .create(PaymentIntentCreateParams.builder()
                        .setAmount(1050L)
                        .setCurrency("usd")
                        .setCustomer(customer.getId())
                        .setStatementDescriptorSuffix("ACME CREDITS")
                        .setAutomaticPaymentMethods(PaymentIntentCreateParams.AutomaticPaymentMethods.builder()
                                .setEnabled(true)
                                .build())
                        .putMetadata("topUp", "tup_1")
                        .build());
        assertThat(made.getStatus()).isEqualTo("requires_payment_method");
        assertThat(made.getClientSecret()).startsWith(made.getId() + "_secret_");
        assertThat(made.getLivemode()).isTrue();

        PaymentIntent paid = FIXTURE.live
                .v1()
                .paymentIntents()
                .confirm(
                        made.getId(),
                        PaymentIntentConfirmParams.builder()
                                .setPaymentMethod("pm_card_visa")
                                .build());

        assertThat(paid.getStatus()).isEqualTo("succeeded");
        assertThat(paid.getAmountReceived()).isEqualTo(1050);
        assertThat(paid.getMetadata()).containsEntry("topUp", "tup_1");
        Charge charge = FIXTURE.live.v1().charges().retrieve(paid.getLatestCharge());
        assertThat(charge.getPaymentIntent()).isEqualTo(made.getId());
        assertThat(charge.getCustomer()).isEqualTo(customer.getId());
        assertThat(charge.getMetadata()).containsEntry("topUp", "tup_1");
        assertThat(charge.getPaid()).isTrue();
        assertThat(charge.getPaymentMethodDetails().getCard().getLast4()).isEqualTo("4242");
        assertThat(charge.getCalculatedStatementDescriptor()).isEqualTo("SANDBOX* ACME CREDITS");
        BalanceTransaction transaction =
                FIXTURE.live.v1().balanceTransactions().retrieve(charge.getBalanceTransaction());
        assertThat(transaction.getFee()).isEqualTo(60);
        assertThat(transaction.getNet()).isEqualTo(990);
    }

    @Test
    void anIntentMayBeConfirmedAsItIsMade() throws Exception {
        PaymentIntent paid = FIXTURE.pay(FIXTURE.test, 500, "pm_card_mastercard");

        assertThat(paid.getStatus()).isEqualTo("succeeded");
        assertThat(paid.getLivemode()).isFalse();
    }

    @Test
    void aDeclinedPaymentCanBeTriedAgainWithAnotherCard() throws Exception {
        PaymentIntent intent = unpaid();

        CardException declined = catchThrowableOfType(
                CardException.class,
                () -> FIXTURE.live
                        .v1()
                        .paymentIntents()
                        .confirm(
                                intent.getId(),
                                PaymentIntentConfirmParams.builder()
                                        .setPaymentMethod("pm_card_visa_chargeDeclinedInsufficientFunds")
                                        .build()));

        assertThat(declined.getCode()).isEqualTo("card_declined");
        assertThat(declined.getDeclineCode()).isEqualTo("insufficient_funds");
        assertThat(declined.getStatusCode()).isEqualTo(402);
        assertThat(declined.getCharge()).startsWith("ch_");
        assertThat(declined.getStripeError().getPaymentIntent().getId()).isEqualTo(intent.getId());
        PaymentIntent failed = FIXTURE.live.v1().paymentIntents().retrieve(intent.getId());
        assertThat(failed.getStatus()).isEqualTo("requires_payment_method");
        assertThat(failed.getLastPaymentError().getDeclineCode()).isEqualTo("insufficient_funds");
        assertThat(FIXTURE.live.v1().charges().retrieve(declined.getCharge()).getStatus())
                .isEqualTo("failed");

        PaymentIntent paid = FIXTURE.live
                .v1()
                .paymentIntents()
                .confirm(
                        intent.getId(),
                        PaymentIntentConfirmParams.builder()
                                .setPaymentMethod("pm_card_visa")
                                .build());
        assertThat(paid.getStatus()).isEqualTo("succeeded");
        assertThat(paid.getLastPaymentError()).isNull();
    }

    @Test
    void aPaidIntentCannotBeConfirmedOrCanceledOrChanged() throws Exception {
        PaymentIntent paid = FIXTURE.pay(FIXTURE.live, 1000, "pm_card_visa");

        assertThat(catchThrowableOfType(
                                InvalidRequestException.class,
                                () -> FIXTURE.live.v1().paymentIntents().confirm(paid.getId()))
                        .getCode())
                .isEqualTo("payment_intent_unexpected_state");
        assertThat(catchThrowableOfType(
                        InvalidRequestException.class,
                        () -> FIXTURE.live.v1().paymentIntents().cancel(paid.getId())))
                .hasMessageContaining("has a status of succeeded");
        assertThat(catchThrowableOfType(
                        InvalidRequestException.class,
                        () -> FIXTURE.live
                                .v1()
                                .paymentIntents()
                                .update(
                                        paid.getId(),
                                        PaymentIntentUpdateParams.builder()
                                                .setAmount(2000L)
                                                .build())))
                .hasMessageContaining("amount could not be updated");
    }

    @Test
    void anUnpaidIntentIsCanceledOnce() throws Exception {
        PaymentIntent canceled = FIXTURE.live
                .v1()
                .paymentIntents()
                .cancel(
                        unpaid().getId(),
                        PaymentIntentCancelParams.builder()
                                .setCancellationReason(PaymentIntentCancelParams.CancellationReason.ABANDONED)
                                .build());

        assertThat(canceled.getStatus()).isEqualTo("canceled");
        assertThat(canceled.getCanceledAt()).isPositive();
        assertThat(catchThrowableOfType(
                        InvalidRequestException.class,
                        () -> FIXTURE.live
                                .v1()
                                .paymentIntents()
                                .confirm(
                                        canceled.getId(),
                                        PaymentIntentConfirmParams.builder()
                                                .setPaymentMethod("pm_card_visa")
                                                .build())))
                .hasMessageContaining("has a status of canceled");
    }

    @Test
    void anUpdateMergesMetadataAndAnEmptyValueRemovesItsKey() throws Exception {
        PaymentIntent intent = unpaid();

        PaymentIntent updated = FIXTURE.live
                .v1()
                .paymentIntents()
                .update(
                        intent.getId(),
                        PaymentIntentUpdateParams.builder()
                                .setAmount(2100L)
                                .putMetadata("b", "2")
                                .putMetadata("a", "")
                                .build());

        assertThat(updated.getAmount()).isEqualTo(2100);
        assertThat(updated.getMetadata()).containsExactlyEntriesOf(java.util.Map.of("b", "2"));
    }

    @Test
    void theChargeIsExpandedOnRequestAlsoInLists() throws Exception {
        PaymentIntent paid = FIXTURE.pay(FIXTURE.test, 700, "pm_card_visa");

        PaymentIntent expanded = FIXTURE.test
                .v1()
                .paymentIntents()
                .retrieve(
                        paid.getId(),
                        PaymentIntentRetrieveParams.builder()
                                .addExpand("latest_charge.balance_transaction")
                                .build());
        assertThat(expanded.getLatestChargeObject()
                        .getBalanceTransactionObject()
                        .getAmount())
                .isEqualTo(700);
        List<PaymentIntent> listed = FIXTURE.test
                .v1()
                .paymentIntents()
                .list(PaymentIntentListParams.builder()
                        .setLimit(1L)
                        .addExpand("data.latest_charge")
                        .build())
                .getData();
        assertThat(listed.getFirst().getLatestChargeObject().getAmount()).isEqualTo(700);
    }

    @Test
    void amountsAndCurrenciesAreChecked() throws Exception {
        assertThat(refused("amount", "49", "currency", "usd")).contains("amount_too_small", "at least $0.50 usd");
        assertThat(refused("amount", "100000000", "currency", "usd")).contains("amount_too_large");
        assertThat(refused("amount", "10.5", "currency", "usd"))
                .contains("parameter_invalid_integer", "Invalid integer: 10.5");
        assertThat(refused("amount", "1000")).contains("parameter_missing", "Missing required param: currency.");
        assertThat(refused("amount", "1000", "currency", "xyz")).contains("Invalid currency: xyz");
        assertThat(refused("amount", "1000", "currency", "usd", "statement_descriptor_suffix", "***"))
                .contains("statement_descriptor_suffix");
    }

    private static String refused(String... params) throws Exception {
        HttpResponse<String> response =
                FIXTURE.call(Fixture.LIVE.secretKey(), "POST", "/v1/payment_intents", Fixture.form(params));
        assertThat(response.statusCode()).isEqualTo(400);
        return response.body();
    }

    private static PaymentIntent unpaid() throws Exception {
        return FIXTURE.live
                .v1()
                .paymentIntents()
                .create(PaymentIntentCreateParams.builder()
                        .setAmount(1050L)
                        .setCurrency("usd")
                        .putMetadata("a", "1")
                        .build());
    }
}
