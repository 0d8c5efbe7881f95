package dev.purser.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.app.installation.StripeKeys;
import dev.purser.domain.margin.HoldBack;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Every default of payments, and the environment variables that change it. */
class PaymentsSettingsTest {

    @EnableConfigurationProperties(PaymentsSettings.class)
    static class Payments {}

    @Test
    void hasTheDocumentedDefaults() {
        PaymentsSettings settings = bind(Map.of(), "purser", PaymentsSettings.class);

        assertThat(settings.topUp()).isEqualTo(new PaymentsSettings.TopUp(10, 5_000, new BigDecimal("5")));
        assertThat(settings.holdBack().holdBack()).isEqualTo(HoldBack.NONE);
        assertThat(settings.payout()).isEqualTo(new PaymentsSettings.Payout(null, Duration.ofMinutes(1)));
        assertThat(settings.reconciliation().interval()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.stripe())
                .isEqualTo(new PaymentsSettings.Stripe(null, Duration.ofSeconds(5), Duration.ofSeconds(12)));
    }

    @Test
    void takesItsSettingsFromTheEnvironmentBesideTheChoiceOfPayments() {
        Map<String, Object> environment = Map.ofEntries(
                Map.entry("PURSER_PAYMENTS", "stripe"),
                Map.entry("PURSER_TOPUP_MINIMUM", "1"),
                Map.entry("PURSER_TOPUP_MAXIMUM", "200"),
                Map.entry("PURSER_TOPUP_FEEPERCENT", "2.5"),
                Map.entry("PURSER_HOLDBACK_PERCENT", "20"),
                Map.entry("PURSER_HOLDBACK_DAYS", "60"),
                Map.entry("PURSER_PAYOUT_AUTOMATIC", "7d"),
                Map.entry("PURSER_PAYOUT_RESOLVEINTERVAL", "2s"),
                Map.entry("PURSER_RECONCILIATION_INTERVAL", "1h"),
                Map.entry("PURSER_STRIPE_APIBASE", "http://localhost:12111"),
                Map.entry("PURSER_STRIPE_CONNECTTIMEOUT", "1s"),
                Map.entry("PURSER_STRIPE_READTIMEOUT", "3s"));

        assertThat(bind(environment, "purser", PaymentsSettings.class))
                .isEqualTo(new PaymentsSettings(
                        new PaymentsSettings.TopUp(1, 200, new BigDecimal("2.5")),
                        new PaymentsSettings.Margin(new BigDecimal("20"), 60),
                        new PaymentsSettings.Payout(Duration.ofDays(7), Duration.ofSeconds(2)),
                        new PaymentsSettings.Reconciliation(Duration.ofHours(1)),
                        new PaymentsSettings.Stripe(
                                URI.create("http://localhost:12111"), Duration.ofSeconds(1), Duration.ofSeconds(3))));
    }

    @Test
    void takesStripesKeysFromStripesOwnVariables() {
        Map<String, Object> environment = Map.of(
                "STRIPE_SECRET_KEY", "sk_live_1",
                "STRIPE_SECRET_KEY_TEST", "sk_test_1",
                "STRIPE_WEBHOOK_SECRET", "whsec_1",
                "STRIPE_WEBHOOK_SECRET_TEST", "whsec_2",
                "STRIPE_PUBLISHABLE_KEY", "pk_live_1",
                "STRIPE_PUBLISHABLE_KEY_TEST", "pk_test_1");

        assertThat(bind(environment, "stripe", StripeKeys.class))
                .isEqualTo(new StripeKeys(
                        new StripeKeys.Secret("sk_live_1", "sk_test_1"), new StripeKeys.Webhook("whsec_1", "whsec_2")));
        assertThat(bind(environment, "stripe.publishable", PublishableKeys.class))
                .isEqualTo(new PublishableKeys("pk_live_1", "pk_test_1"));
        assertThat(bind(Map.of(), "stripe", StripeKeys.class))
                .isEqualTo(new StripeKeys(new StripeKeys.Secret(null, null), new StripeKeys.Webhook(null, null)));
    }

    @Test
    void refusesWhatIsOutOfRange() {
        Map<String, String> settings = Map.of(
                "--purser.top-up.minimum=0", "topUp.minimum",
                "--purser.top-up.maximum=1000001", "topUp.maximum",
                "--purser.top-up.fee-percent=101", "topUp.feePercent",
                "--purser.hold-back.percent=-1", "holdBack.percent",
                "--purser.hold-back.days=366", "holdBack.days",
                "--purser.payout.automatic=1s", "payout.automatic",
                "--purser.reconciliation.interval=0s", "reconciliation.interval");
        settings.forEach((setting, field) -> assertThatThrownBy(() -> new SpringApplicationBuilder(Payments.class)
                        .web(WebApplicationType.NONE)
                        .run(setting))
                .as(setting)
                .rootCause()
                .hasMessageContaining(field));
    }

    private static <T> T bind(Map<String, Object> variables, String prefix, Class<T> type) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .forEach(source -> environment.getPropertySources().remove(source.getName()));
        environment.getPropertySources().addFirst(new SystemEnvironmentPropertySource("systemEnvironment", variables));
        ConfigurationPropertySources.attach(environment);
        return Binder.get(environment).bindOrCreate(prefix, type);
    }
}
