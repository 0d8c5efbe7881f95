package dev.purser.payments.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.StripeException;
import com.stripe.model.Account;
import com.stripe.model.Event;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeCollection;
import com.stripe.model.Transfer;
import com.stripe.net.RequestOptions;
import com.stripe.param.AccountCreateParams;
import com.stripe.param.AccountCreateParams.Capabilities;
import com.stripe.param.AccountLinkCreateParams;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.EventListParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.PaymentIntentRetrieveParams;
import com.stripe.param.TransferCreateParams;
import com.stripe.param.TransferListParams;
import com.stripe.service.V1Services;
import dev.purser.domain.CustomerId;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.PayoutId;
import dev.purser.domain.TopUpId;
import dev.purser.domain.WalletId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One mode of Stripe. Whatever makes something carries an idempotency key of ours, so that a request may be repeated for
 * the 24 hours that Stripe remembers it. Every failure is a {@link StripeFailure}. Thread-safe.
 */
public final class StripeApi {
    /** On every intent of ours and, copied by Stripe, on its charge. */
    public static final String TOP_UP = "purser_topup";

    /** The mode in which an intent was made, for events that contradict themselves. */
    public static final String MODE = "purser_mode";

    /** On every transfer of ours. */
    public static final String PAYOUT = "purser_payout";

    private static final String CURRENCY = "usd";
    private static final long PAGE = 100;

    private final Mode mode;
    private final V1Services stripe;

    StripeApi(Mode mode, StripeSettings settings, String key) {
        this.mode = mode;
        this.stripe = StripeClient.builder()
                .setApiKey(key)
                .setApiBase(settings.apiBase().toString())
                .setConnectTimeout(Math.toIntExact(settings.connectTimeout().toMillis()))
                .setReadTimeout(Math.toIntExact(settings.readTimeout().toMillis()))
                .setMaxNetworkRetries(settings.retries())
                .build()
                .v1();
    }

    /** A payment about to be made; whoever has the secret may pay it. */
    public record Intent(String id, String clientSecret) {
        /** Without the secret. */
        @Override
        public String toString() {
            return id;
        }
    }

    /** What an end-user is asked to pay. */
    public record Payment(
            TopUpId topUpId,
            WalletId walletId,
            String stripeCustomerId,
            Money total,
            String description,
            @Nullable String statementDescriptorSuffix) {}

    /** How far an organization's account at Stripe is. */
    public record AccountStatus(boolean detailsSubmitted, boolean payoutsEnabled, boolean takesTransfers) {
        public boolean canBePaid() {
            return detailsSubmitted && payoutsEnabled && takesTransfers;
        }
    }

    private interface Request<T> {
        T send() throws StripeException;
    }

    public Mode mode() {
        return mode;
    }

    /** The same id for the same customer for a day; the parameters are constant, as its idempotency key demands. */
    public String createCustomer(CustomerId customerId) {
        CustomerCreateParams params = CustomerCreateParams.builder()
                .putMetadata("purser_customer", customerId.value())
                .build();
        return ask(() -> stripe.customers().create(params, once("customer-" + customerId)))
                .getId();
    }

    public void describeCustomer(String stripeCustomerId, @Nullable String email, @Nullable String name) {
        CustomerUpdateParams.Builder params = CustomerUpdateParams.builder();
        if (email != null) {
            params.setEmail(email);
        }
        if (name != null) {
            params.setName(name);
        }
        ask(() -> stripe.customers().update(stripeCustomerId, params.build()));
    }

    public Intent createIntent(Payment payment) {
        PaymentIntentCreateParams.Builder params = PaymentIntentCreateParams.builder()
                .setAmount(Cents.of(payment.total()))
                .setCurrency(CURRENCY)
                .setCustomer(payment.stripeCustomerId())
                .setDescription(payment.description())
                .putMetadata(TOP_UP, payment.topUpId().value())
                .putMetadata("purser_wallet", payment.walletId().value())
                .putMetadata(MODE, mode.wireName())
                .setAutomaticPaymentMethods(PaymentIntentCreateParams.AutomaticPaymentMethods.builder()
                        .setEnabled(true)
                        .build());
        if (payment.statementDescriptorSuffix() != null) {
            params.setStatementDescriptorSuffix(payment.statementDescriptorSuffix());
        }
        PaymentIntent intent = ask(() -> {
            try {
                return stripe.paymentIntents()
                        .create(params.build(), once(payment.topUpId().value()));
            } catch (IdempotencyException e) {
                return madeBefore(payment).orElseThrow(() -> e);
            }
        });
        return new Intent(intent.getId(), intent.getClientSecret());
    }

    /** The brand or the suffix have changed since the first try, and Stripe does not take the key with others. */
    private Optional<PaymentIntent> madeBefore(Payment payment) throws StripeException {
        PaymentIntentListParams params = PaymentIntentListParams.builder()
                .setCustomer(payment.stripeCustomerId())
                .setLimit(PAGE)
                .build();
        return stripe.paymentIntents().list(params).getData().stream()
                .filter(intent ->
                        payment.topUpId().value().equals(intent.getMetadata().get(TOP_UP)))
                .findFirst();
    }

    /** An intent of ours that was made before. */
    public Intent knownIntent(String paymentIntentId) {
        PaymentIntent intent = intent(paymentIntentId);
        return new Intent(intent.getId(), intent.getClientSecret());
    }

    /** With its latest charge. */
    public PaymentIntent intent(String paymentIntentId) {
        PaymentIntentRetrieveParams params =
                PaymentIntentRetrieveParams.builder().addExpand("latest_charge").build();
        return ask(() -> stripe.paymentIntents().retrieve(paymentIntentId, params));
    }

    /** One account for one organization for a day, whoever asks however often. */
    public String createAccount(OrganizationId organizationId) {
        AccountCreateParams params = AccountCreateParams.builder()
                .setType(AccountCreateParams.Type.EXPRESS)
                .setCapabilities(Capabilities.builder()
                        .setTransfers(Capabilities.Transfers.builder()
                                .setRequested(true)
                                .build())
                        .build())
                .putMetadata("purser_organization", organizationId.value())
                .build();
        return ask(() -> stripe.accounts().create(params, once("account-" + organizationId)))
                .getId();
    }

    /** An address that opens once and for minutes only, for whoever is to complete the onboarding. */
    public String onboardingLink(String accountId, String refreshUrl, String returnUrl) {
        AccountLinkCreateParams params = AccountLinkCreateParams.builder()
                .setAccount(accountId)
                .setRefreshUrl(refreshUrl)
                .setReturnUrl(returnUrl)
                .setType(AccountLinkCreateParams.Type.ACCOUNT_ONBOARDING)
                .build();
        return ask(() -> stripe.accountLinks().create(params)).getUrl();
    }

    public AccountStatus account(String accountId) {
        Account account = ask(() -> stripe.accounts().retrieve(accountId));
        Account.Capabilities capabilities = account.getCapabilities();
        return new AccountStatus(
                Boolean.TRUE.equals(account.getDetailsSubmitted()),
                Boolean.TRUE.equals(account.getPayoutsEnabled()),
                capabilities != null && "active".equals(capabilities.getTransfers()));
    }

    /** The same transfer for the same payout for a day; answers its id. */
    public String transfer(PayoutId payoutId, String destination, Money amount) {
        TransferCreateParams params = TransferCreateParams.builder()
                .setAmount(Cents.of(amount))
                .setCurrency(CURRENCY)
                .setDestination(destination)
                .setTransferGroup(payoutId.value())
                .putMetadata(PAYOUT, payoutId.value())
                .build();
        return ask(() -> stripe.transfers().create(params, once(payoutId.value())))
                .getId();
    }

    /** The transfer that was made for a payout, if there is one. */
    public Optional<String> transferOf(PayoutId payoutId) {
        TransferListParams params = TransferListParams.builder()
                .setTransferGroup(payoutId.value())
                .setLimit(1L)
                .build();
        return ask(() -> stripe.transfers().list(params)).getData().stream()
                .map(Transfer::getId)
                .findFirst();
    }

    /** Whether nothing is left of a transfer. */
    public boolean isReversed(String transferId) {
        return Boolean.TRUE.equals(
                ask(() -> stripe.transfers().retrieve(transferId)).getReversed());
    }

    public Event event(String eventId) {
        return ask(() -> stripe.events().retrieve(eventId));
    }

    /** Every event of some types since a time, newest first, as Stripe lists them. Stripe keeps events for 30 days. */
    public void events(Instant since, List<String> types, Consumer<Event> reader) {
        EventListParams.Builder params = EventListParams.builder()
                .setCreated(EventListParams.Created.builder()
                        .setGte(since.getEpochSecond())
                        .build())
                .addAllType(types)
                .setLimit(PAGE);
        boolean more = true;
        while (more) {
            StripeCollection<Event> page = ask(() -> stripe.events().list(params.build()));
            page.getData().forEach(reader);
            more = page.getHasMore() && !page.getData().isEmpty();
            if (more) {
                params.setStartingAfter(page.getData().getLast().getId());
            }
        }
    }

    /** Every intent made since a time, newest first, each with its latest charge. */
    public void intents(Instant since, Consumer<PaymentIntent> reader) {
        PaymentIntentListParams.Builder params = PaymentIntentListParams.builder()
                .setCreated(PaymentIntentListParams.Created.builder()
                        .setGte(since.getEpochSecond())
                        .build())
                .addExpand("data.latest_charge")
                .setLimit(PAGE);
        boolean more = true;
        while (more) {
            StripeCollection<PaymentIntent> page =
                    ask(() -> stripe.paymentIntents().list(params.build()));
            page.getData().forEach(reader);
            more = page.getHasMore() && !page.getData().isEmpty();
            if (more) {
                params.setStartingAfter(page.getData().getLast().getId());
            }
        }
    }

    private static <T> T ask(Request<T> request) {
        try {
            return request.send();
        } catch (StripeException e) {
            throw StripeFailure.of(e);
        }
    }

    private static RequestOptions once(String idempotencyKey) {
        return RequestOptions.builder().setIdempotencyKey(idempotencyKey).build();
    }
}
