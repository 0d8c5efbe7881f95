package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.exception.InvalidRequestException;
import com.stripe.model.Charge;
import com.stripe.model.Dispute;
import com.stripe.model.Event;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.param.DisputeListParams;
import com.stripe.param.DisputeUpdateParams;
import com.stripe.param.EventListParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RefundsAndDisputesTest {
    private final Fixture fixture = Fixture.started();

    @AfterEach
    void close() {
        fixture.close();
    }

    private PaymentIntent paid(long cents) throws Exception {
        return fixture.pay(fixture.live, cents, "pm_card_visa");
    }

    private Refund refund(PaymentIntent intent, long cents) throws Exception {
        return fixture.live
                .v1()
                .refunds()
                .create(RefundCreateParams.builder()
                        .setPaymentIntent(intent.getId())
                        .setAmount(cents)
                        .setReason(RefundCreateParams.Reason.REQUESTED_BY_CUSTOMER)
                        .build());
    }

    private InvalidRequestException refused(RefundCreateParams params) {
        return catchThrowableOfType(
                InvalidRequestException.class, () -> fixture.live.v1().refunds().create(params));
    }

    private long available() throws Exception {
        return fixture.live.v1().balance().retrieve().getAvailable().getFirst().getAmount();
    }

    private List<Event> events(String type) throws Exception {
        return fixture.live
                .v1()
                .events()
                .list(EventListParams.builder().setType(type).build())
                .getData();
    }

    private static Charge charge(Event event) {
        return (Charge) event.getDataObjectDeserializer().getObject().orElseThrow();
    }

    @Nested
    class Refunds {
        @Test
        void areMadeInPartsUntilNothingIsLeft() throws Exception {
            PaymentIntent intent = paid(1000);
            refund(intent, 300);
            refund(intent, 200);

            Refund rest = fixture.live
                    .v1()
                    .refunds()
                    .create(RefundCreateParams.builder()
                            .setCharge(intent.getLatestCharge())
                            .build());

            assertThat(rest.getAmount()).isEqualTo(500);
            assertThat(rest.getPaymentIntent()).isEqualTo(intent.getId());
            Charge charge = fixture.live.v1().charges().retrieve(intent.getLatestCharge());
            assertThat(charge.getAmountRefunded()).isEqualTo(1000);
            assertThat(charge.getRefunded()).isTrue();
            assertThat(charge.getRefunds().getData()).hasSize(3);
            assertThat(fixture.live
                            .v1()
                            .refunds()
                            .list(RefundListParams.builder()
                                    .setPaymentIntent(intent.getId())
                                    .build())
                            .getData())
                    .extracting(Refund::getAmount)
                    .containsExactly(500L, 200L, 300L);
            assertThat(available()).isEqualTo(-59);
        }

        @Test
        void areToldWithTheSumSoFarAndWhatItWasBefore() throws Exception {
            PaymentIntent intent = paid(1000);
            refund(intent, 300);
            refund(intent, 200);

            List<Event> events = events("charge.refunded");

            assertThat(events)
                    .extracting(event -> charge(event).getAmountRefunded())
                    .containsExactly(500L, 300L);
            assertThat(events.getFirst().getData().getPreviousAttributes().get("amount_refunded"))
                    .hasToString("300");
            assertThat(charge(events.getFirst()).getPaymentIntent()).isEqualTo(intent.getId());
            assertThat(charge(events.getFirst()).getRefunded()).isFalse();
            assertThat(events("refund.created")).hasSize(2);
        }

        @Test
        void aboveWhatIsLeftAreRefused() throws Exception {
            PaymentIntent intent = paid(1000);
            refund(intent, 300);

            InvalidRequestException tooMuch = refused(RefundCreateParams.builder()
                    .setPaymentIntent(intent.getId())
                    .setAmount(701L)
                    .build());

            assertThat(tooMuch)
                    .hasMessageContaining("Refund amount ($7.01) is greater than unrefunded amount on charge ($7.00)");
            assertThat(tooMuch.getParam()).isEqualTo("amount");
            refund(intent, 700);
            assertThat(refused(RefundCreateParams.builder()
                                    .setPaymentIntent(intent.getId())
                                    .build())
                            .getCode())
                    .isEqualTo("charge_already_refunded");
        }

        @Test
        void ofUnpaidIntentsAndUnknownChargesAreRefused() throws Exception {
            assertThat(refused(RefundCreateParams.builder()
                            .setPaymentIntent("pi_3unknown")
                            .build()))
                    .hasMessageContaining("No such payment_intent: 'pi_3unknown'");
            assertThat(refused(RefundCreateParams.builder().build())).hasMessageContaining("payment_intent or charge");
        }
    }

    @Nested
    class Disputes {
        @Test
        void ofADisputingCardFollowThePayment() throws Exception {
            PaymentIntent intent = fixture.pay(fixture.live, 5000, "pm_card_createDispute");

            Dispute dispute = fixture.live
                    .v1()
                    .disputes()
                    .list(DisputeListParams.builder()
                            .setPaymentIntent(intent.getId())
                            .build())
                    .getData()
                    .getFirst();

            assertThat(intent.getStatus()).isEqualTo("succeeded");
            assertThat(dispute.getStatus()).isEqualTo("needs_response");
            assertThat(dispute.getReason()).isEqualTo("fraudulent");
            assertThat(dispute.getAmount()).isEqualTo(5000);
            assertThat(dispute.getCharge()).isEqualTo(intent.getLatestCharge());
            assertThat(dispute.getBalanceTransactions().getFirst().getNet()).isEqualTo(-6500);
            assertThat(fixture.live
                            .v1()
                            .charges()
                            .retrieve(intent.getLatestCharge())
                            .getDisputed())
                    .isTrue();
            assertThat(fixture.delivered())
                    .extracting(delivery -> delivery.event("whsec_live_sandbox").getType())
                    .contains("charge.dispute.created", "charge.dispute.funds_withdrawn");
        }

        @Test
        void thatAreWonGiveTheMoneyBackAndTheChargeCanBeRefundedAgain() throws Exception {
            PaymentIntent intent = paid(1000);
            ObjectNode opened = openDispute(intent, "amount", "600");
            long during = available();
            assertThat(refused(RefundCreateParams.builder()
                                    .setPaymentIntent(intent.getId())
                                    .build())
                            .getCode())
                    .isEqualTo("charge_disputed");

            ObjectNode won = close(opened, "won");

            assertThat(won.get("status").asString()).isEqualTo("won");
            assertThat(available() - during).isEqualTo(600);
            assertThat(events("charge.dispute.closed")).hasSize(1);
            assertThat(events("charge.dispute.funds_reinstated")).hasSize(1);
            assertThat(refund(intent, 1000).getStatus()).isEqualTo("succeeded");
        }

        @Test
        void thatAreLostStayLost() throws Exception {
            PaymentIntent intent = paid(1000);
            ObjectNode opened = openDispute(intent);
            long during = available();

            close(opened, "lost");

            assertThat(available()).isEqualTo(during);
            assertThat(events("charge.dispute.funds_reinstated")).isEmpty();
            assertThat(fixture.call(
                                    Fixture.LIVE.secretKey(),
                                    "POST",
                                    "/sandbox/disputes/" + opened.get("id").asString() + "/close",
                                    "status=won")
                            .body())
                    .contains("already closed");
        }

        @Test
        void areDecidedByTheDocumentedEvidence() throws Exception {
            String id = openDispute(paid(1000)).get("id").asString();

            Dispute won = fixture.live
                    .v1()
                    .disputes()
                    .update(
                            id,
                            DisputeUpdateParams.builder()
                                    .setEvidence(DisputeUpdateParams.Evidence.builder()
                                            .setUncategorizedText("winning_evidence")
                                            .build())
                                    .setSubmit(true)
                                    .build());

            assertThat(won.getStatus()).isEqualTo("won");
            String other = openDispute(paid(1000)).get("id").asString();
            assertThat(fixture.live.v1().disputes().close(other).getStatus()).isEqualTo("lost");
        }

        @Test
        void aloneAnInquiryTakesNoMoneyAndForbidsNoRefund() throws Exception {
            PaymentIntent intent = fixture.pay(fixture.live, 1000, "pm_card_createDisputeInquiry");

            assertThat(available()).isEqualTo(941);
            assertThat(events("charge.dispute.funds_withdrawn")).isEmpty();
            assertThat(fixture.live
                            .v1()
                            .disputes()
                            .list()
                            .getData()
                            .getFirst()
                            .getPaymentMethodDetails()
                            .getCard()
                            .getCaseType())
                    .isEqualTo("inquiry");
            assertThat(refund(intent, 1000).getStatus()).isEqualTo("succeeded");
        }

        @Test
        void afterAPartialRefundAreAboutTheRestUnlessToldOtherwise() throws Exception {
            PaymentIntent intent = paid(1000);
            refund(intent, 400);

            assertThat(openDispute(intent).get("amount").intValue()).isEqualTo(600);
        }

        private ObjectNode openDispute(PaymentIntent intent, String... more) throws Exception {
            String[] params = new String[2 + more.length];
            params[0] = "payment_intent";
            params[1] = intent.getId();
            System.arraycopy(more, 0, params, 2, more.length);
            return fixture.post(Fixture.LIVE.secretKey(), "/sandbox/disputes", params);
        }

        private ObjectNode close(ObjectNode dispute, String status) throws Exception {
            return fixture.post(
                    Fixture.LIVE.secretKey(),
                    "/sandbox/disputes/" + dispute.get("id").asString() + "/close",
                    "status",
                    status);
        }
    }
}
