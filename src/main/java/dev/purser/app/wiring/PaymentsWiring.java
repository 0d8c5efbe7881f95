package dev.purser.app.wiring;

import dev.purser.app.installation.Installation;
import dev.purser.app.installation.PaymentMode;
import dev.purser.app.installation.StripeKeys;
import dev.purser.command.config.PaymentsConfig;
import dev.purser.domain.Ledger;
import dev.purser.domain.margin.HoldBack;
import dev.purser.edge.idempotency.Idempotency;
import dev.purser.eventstore.LedgerEngine;
import dev.purser.payments.connect.Accounts;
import dev.purser.payments.connect.ConnectController;
import dev.purser.payments.event.StripeEvents;
import dev.purser.payments.event.StripeWebhookController;
import dev.purser.payments.event.WebhookSecrets;
import dev.purser.payments.payout.AutomaticPayouts;
import dev.purser.payments.payout.PayoutCareController;
import dev.purser.payments.payout.PayoutController;
import dev.purser.payments.payout.PayoutResolver;
import dev.purser.payments.payout.Payouts;
import dev.purser.payments.payout.Transfers;
import dev.purser.payments.reconciliation.Findings;
import dev.purser.payments.reconciliation.Reconciliation;
import dev.purser.payments.reconciliation.ReconciliationController;
import dev.purser.payments.reconciliation.Reconciliations;
import dev.purser.payments.reconciliation.ReportTable;
import dev.purser.payments.stripe.StripeClients;
import dev.purser.payments.stripe.StripeSettings;
import dev.purser.payments.topup.Payers;
import dev.purser.payments.topup.TopUpController;
import dev.purser.payments.topup.TopUps;
import dev.purser.projection.access.AccessDirectory;
import dev.purser.projection.access.TenantDirectory;
import dev.purser.projection.customer.CustomerQueries;
import dev.purser.projection.engine.Projections;
import dev.purser.projection.margin.MarginQueries;
import dev.purser.projection.payout.PayoutQueries;
import dev.purser.projection.topup.TopUpQueries;
import dev.purser.sandbox.StripeSandbox;
import java.net.URI;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Money in and out: Stripe, or the sandbox in its place, or neither. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@EnableConfigurationProperties({PublishableKeys.class, PaymentsSettings.class})
class PaymentsWiring {
    private static final Logger log = LoggerFactory.getLogger(PaymentsWiring.class);
    private static final URI STRIPE = URI.create("https://api.stripe.com");

    /** Of a request that failed on the way; every one of ours may be repeated. */
    private static final int RETRIES = 1;

    @Bean
    PaymentsConfig paymentsConfig(Installation installation, PublishableKeys keys, @Nullable SandboxHome sandbox) {
        return switch (installation.payments()) {
            case SANDBOX ->
                new PaymentsConfig(
                        PaymentsConfig.PaymentMode.SANDBOX,
                        sandbox == null ? null : sandbox.live().publishableKey(),
                        sandbox == null ? null : sandbox.test().publishableKey());
            case NONE -> new PaymentsConfig(PaymentsConfig.PaymentMode.NONE, keys.live(), keys.test());
            case STRIPE -> new PaymentsConfig(PaymentsConfig.PaymentMode.STRIPE, keys.live(), keys.test());
        };
    }

    @Bean
    StripeClients stripeClients(
            Installation installation,
            StripeKeys keys,
            PaymentsSettings settings,
            @Nullable SandboxHome home,
            @Nullable StripeSandbox sandbox) {
        if (installation.payments() == PaymentMode.NONE) {
            return new StripeClients(null);
        }
        PaymentsSettings.Stripe stripe = settings.stripe();
        URI otherwise = sandbox == null ? STRIPE : sandbox.baseUrl();
        return new StripeClients(new StripeSettings(
                stripe.apiBase() == null ? otherwise : stripe.apiBase(),
                home == null ? keys.secret().live() : home.live().secretKey(),
                home == null ? keys.secret().test() : home.test().secretKey(),
                stripe.connectTimeout(),
                stripe.readTimeout(),
                RETRIES));
    }

    @Bean
    WebhookSecrets webhookSecrets(Installation installation, StripeKeys keys, @Nullable SandboxHome home) {
        WebhookSecrets secrets = home == null
                ? new WebhookSecrets(keys.webhook().live(), keys.webhook().test())
                : new WebhookSecrets(home.live().webhookSecret(), home.test().webhookSecret());
        if (installation.payments() == PaymentMode.STRIPE) {
            warnOfAMissingSecret("STRIPE_WEBHOOK_SECRET", keys.secret().live(), secrets.live());
            warnOfAMissingSecret("STRIPE_WEBHOOK_SECRET_TEST", keys.secret().test(), secrets.test());
        }
        return secrets;
    }

    private static void warnOfAMissingSecret(String variable, @Nullable String key, @Nullable String secret) {
        if (key != null && secret == null) {
            log.warn("{} is not set: top-ups are credited by the reconciliation only, minutes later", variable);
        }
    }

    @Bean
    StripeEvents stripeEvents(Ledger ledger, StripeClients stripes) {
        return new StripeEvents(ledger, stripes);
    }

    @Bean
    StripeWebhookController stripeWebhookController(WebhookSecrets secrets, StripeEvents events) {
        return new StripeWebhookController(secrets, events);
    }

    @Bean
    TopUpController topUpController(
            Idempotency idempotency,
            StripeClients stripes,
            AccessDirectory directory,
            Projections projections,
            CustomerQueries customers,
            PaymentsSettings settings) {
        Payers payers = Payers.of(directory, projections, customers);
        return new TopUpController(
                idempotency,
                new TopUps(stripes, payers, settings.topUp().limits()),
                settings.topUp().limits());
    }

    @Bean
    HoldBack holdBack(PaymentsSettings settings) {
        return settings.holdBack().holdBack();
    }

    @Bean
    Accounts stripeAccounts(TenantDirectory directory) {
        return new Accounts(directory);
    }

    @Bean
    ConnectController connectController(
            Idempotency idempotency,
            StripeClients stripes,
            Accounts accounts,
            MarginQueries margins,
            Projections projections) {
        return new ConnectController(idempotency, stripes, accounts, margins, projections);
    }

    @Bean
    Findings reconciliationFindings(JdbcClient jdbc) {
        return new Findings(jdbc);
    }

    @Bean
    Transfers transfers(StripeClients stripes, Ledger ledger, Findings findings, Clock clock) {
        return new Transfers(stripes, ledger, findings::add, clock);
    }

    @Bean
    PayoutController payoutController(
            Idempotency idempotency,
            StripeClients stripes,
            Accounts accounts,
            Transfers transfers,
            HoldBack holdBack,
            Clock clock) {
        return new PayoutController(idempotency, new Payouts(stripes, accounts, transfers, holdBack, clock));
    }

    @Bean
    PayoutCareController payoutCareController(Idempotency idempotency) {
        return new PayoutCareController(idempotency);
    }

    @Bean
    Reconciliations reconciliations(
            Installation installation,
            StripeClients stripes,
            StripeEvents events,
            TopUpQueries topUps,
            PayoutQueries payouts,
            Projections projections,
            JdbcClient jdbc,
            Findings findings,
            Clock clock) {
        return new Reconciliations(
                stripes,
                new Reconciliation(events, topUps, payouts, projections),
                new ReportTable(jdbc),
                findings,
                installation.installedAt(),
                clock);
    }

    @Bean
    ReconciliationController reconciliationController(Reconciliations reconciliations) {
        return new ReconciliationController(reconciliations);
    }

    @Bean(destroyMethod = "")
    PaymentJobs paymentJobs(
            PaymentsSettings settings,
            StripeClients stripes,
            PayoutQueries payouts,
            MarginQueries margins,
            Accounts accounts,
            Ledger ledger,
            Transfers transfers,
            HoldBack holdBack,
            Reconciliations reconciliations,
            LedgerEngine engine,
            Clock clock) {
        PaymentJobs jobs = new PaymentJobs(engine::isLeading);
        if (stripes.all().isEmpty()) {
            return jobs;
        }
        PayoutResolver resolver = new PayoutResolver(payouts, transfers, stripes, clock);
        jobs.add("payout-resolver", resolver::resolve, settings.payout().resolveInterval());
        jobs.add(
                "reconciliation",
                reconciliations::run,
                settings.reconciliation().interval());
        if (settings.payout().automatic() != null) {
            AutomaticPayouts automatic = new AutomaticPayouts(
                    margins,
                    payouts,
                    accounts,
                    stripes,
                    ledger,
                    transfers,
                    holdBack,
                    settings.payout().automatic(),
                    clock);
            jobs.add("automatic-payouts", automatic::pay, settings.payout().resolveInterval());
        }
        return jobs;
    }
}
