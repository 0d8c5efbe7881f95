package dev.purser.app.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.app.storage.StartRefused;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class PaymentModeTest {

    @Test
    void playsWithTheEmbeddedDatabaseWhenNothingIsSaid() {
        assertThat(PaymentMode.decide(null, true, false)).isEqualTo(PaymentMode.SANDBOX);
    }

    @Test
    void aStripeKeyMeansStripe() {
        assertThat(PaymentMode.decide(null, true, true)).isEqualTo(PaymentMode.STRIPE);
        assertThat(PaymentMode.decide(null, false, true)).isEqualTo(PaymentMode.STRIPE);
    }

    @Test
    void withADatabaseOfItsOwnItMustBeSaid() {
        assertThatThrownBy(() -> PaymentMode.decide(null, false, false))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("PURSER_PAYMENTS");
        assertThat(PaymentMode.decide(PaymentMode.SANDBOX, false, false)).isEqualTo(PaymentMode.SANDBOX);
        assertThat(PaymentMode.decide(PaymentMode.NONE, false, false)).isEqualTo(PaymentMode.NONE);
    }

    @Test
    void stripeNeedsItsKey() {
        assertThatThrownBy(() -> PaymentMode.decide(PaymentMode.STRIPE, true, false))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("STRIPE_SECRET_KEY");
    }

    @Test
    void playMoneyAndAStripeKeyContradictEachOther() {
        assertThatThrownBy(() -> PaymentMode.decide(PaymentMode.SANDBOX, true, true))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("contradict");
    }

    @Test
    void theSandboxIsPlayedUnlessSomethingElseIsConfigured() {
        assertThat(isSandbox(Map.of())).isTrue();
        assertThat(isSandbox(Map.of("PURSER_PAYMENTS", "Sandbox", "SPRING_DATASOURCE_URL", "jdbc:postgresql:x")))
                .isTrue();
        assertThat(isSandbox(Map.of("PURSER_PAYMENTS", "none"))).isFalse();
        assertThat(isSandbox(Map.of("SPRING_DATASOURCE_URL", "jdbc:postgresql:x")))
                .isFalse();
        assertThat(isSandbox(Map.of("STRIPE_SECRET_KEY", "sk_live_1"))).isFalse();
        assertThat(isSandbox(Map.of("STRIPE_SECRET_KEY_TEST", "sk_test_1"))).isFalse();
    }

    private static boolean isSandbox(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        return PaymentMode.isSandbox(environment);
    }
}
