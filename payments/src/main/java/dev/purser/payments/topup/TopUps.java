package dev.purser.payments.topup;

import dev.purser.domain.Money;
import dev.purser.domain.TopUpId;
import dev.purser.domain.customer.CustomerCommand.LinkStripeCustomer;
import dev.purser.domain.topup.TopUpCommand.QuoteTopUp;
import dev.purser.domain.topup.TopUpCommand.RecordPaymentIntent;
import dev.purser.domain.topup.TopUpView;
import dev.purser.edge.Problem;
import dev.purser.edge.idempotency.Commands;
import dev.purser.edge.request.Call;
import dev.purser.payments.stripe.CallIds;
import dev.purser.payments.stripe.StripeApi;
import dev.purser.payments.stripe.StripeApi.Intent;
import dev.purser.payments.stripe.StripeApi.Payment;
import dev.purser.payments.stripe.StripeClients;
import dev.purser.payments.stripe.StripeFailure;
import dev.purser.projection.access.SessionAccess;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;

/**
 * Begins a top-up: the quote is on record first, then the payment is made at Stripe, then its id is recorded. Cut off
 * anywhere, nothing is owed: a payment that nobody was given the secret of cannot be paid. Thread-safe.
 */
public final class TopUps {
    private static final Logger log = LoggerFactory.getLogger(TopUps.class);

    private final StripeClients stripes;
    private final Payers payers;
    private final BigDecimal feePercent;

    public TopUps(StripeClients stripes, Payers payers, TopUpLimits limits) {
        this.stripes = stripes;
        this.payers = payers;
        this.feePercent = limits.feePercent();
    }

    ResponseEntity<byte[]> begin(SessionAccess payer, int dollars, Call call, Commands commands) {
        StripeApi stripe = stripes.require(payer.mode());
        TopUpId topUpId = new TopUpId(CallIds.of(call, "tup", 0));
        TopUpView quoted = commands.send(new QuoteTopUp(
                topUpId,
                payer.walletId(),
                payer.customerId(),
                payer.organizationId(),
                payer.projectId(),
                payer.mode(),
                dollars,
                feePercent));
        if (!quoted.quote().amount().equals(Money.ofDollars(dollars))) {
            throw new Problem(
                    409, "idempotency_conflict", "This Idempotency-Key belongs to a top-up of another amount");
        }
        Intent intent;
        try {
            intent = intentOf(stripe, payer, quoted, commands);
        } catch (StripeFailure failure) {
            log.warn("top-up {}: {}", topUpId, failure.reason());
            throw failure.asProblem();
        }
        return commands.answerSecret(
                200, new RecordPaymentIntent(topUpId, intent.id()), view -> json(view, intent.clientSecret()));
    }

    private Intent intentOf(StripeApi stripe, SessionAccess payer, TopUpView topUp, Commands commands) {
        String recorded = topUp.paymentIntentId();
        if (recorded != null) {
            return stripe.knownIntent(recorded);
        }
        String brand = payer.settings().brandName();
        return stripe.createIntent(new Payment(
                topUp.topUpId(),
                topUp.walletId(),
                stripeCustomer(stripe, payer, commands),
                topUp.quote().totalAmount(),
                brand == null ? "Credits" : brand + " credits",
                payer.settings().statementDescriptorSuffix()));
    }

    private String stripeCustomer(StripeApi stripe, SessionAccess payer, Commands commands) {
        String known = payers.stripeCustomerId(payer.projectId(), payer.mode(), payer.customerId())
                .orElse(null);
        if (known != null) {
            return known;
        }
        String made = stripe.createCustomer(payer.customerId());
        String linked =
                commands.send(new LinkStripeCustomer(payer.customerId(), made)).stripeCustomerId();
        describe(stripe, payer, made);
        return linked == null ? made : linked;
    }

    /** For the operator's eyes in Stripe's dashboard: an address that Stripe does not take must not stop a payment. */
    private void describe(StripeApi stripe, SessionAccess payer, String stripeCustomerId) {
        Payers.Profile profile = payers.profile(payer.projectId(), payer.mode(), payer.customerId());
        if (profile.isEmpty()) {
            return;
        }
        try {
            stripe.describeCustomer(stripeCustomerId, profile.email(), profile.name());
        } catch (StripeFailure failure) {
            log.warn("Stripe's customer {} has no name and e-mail: {}", stripeCustomerId, failure.outcome());
        }
    }

    /** Amounts as numbers: the published packages count with them. */
    private static Map<String, @Nullable Object> json(TopUpView topUp, String clientSecret) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("clientSecret", clientSecret);
        json.put("totalAmount", number(topUp.quote().totalAmount()));
        json.put("netCredited", number(topUp.quote().netCredited()));
        json.put("bonusCredited", number(topUp.quote().bonusCredited()));
        json.put("isInternational", false);
        return json;
    }

    private static BigDecimal number(Money money) {
        return new BigDecimal(money.toString());
    }
}
