package dev.purser.app.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.app.storage.StartRefused;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StripeKeysTest {

    @Test
    void refusesOneSecretForBothModes() {
        assertThatThrownBy(() -> keys(null, null, "whsec_same", "whsec_same").refuseUnlessApart())
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("STRIPE_WEBHOOK_SECRET_TEST are the same")
                .hasMessageNotContaining("whsec_same");
        assertThatThrownBy(() -> keys("rk_1", "rk_1", null, null).refuseUnlessApart())
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("STRIPE_SECRET_KEY_TEST are the same");
    }

    @Test
    void refusesAKeyInTheOtherModesPlace() {
        assertThatThrownBy(() -> keys("sk_test_1", null, null, null).refuseUnlessApart())
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("belongs into STRIPE_SECRET_KEY_TEST");
        assertThatThrownBy(() -> keys(null, "rk_live_1", null, null).refuseUnlessApart())
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("belongs into STRIPE_SECRET_KEY.");
    }

    @Test
    void takesWhatIsApartAndWhatIsNotThere() {
        assertThatCode(() ->
                        keys("sk_live_1", "sk_test_1", "whsec_1", "whsec_2").refuseUnlessApart())
                .doesNotThrowAnyException();
        assertThatCode(() -> keys(null, null, null, null).refuseUnlessApart()).doesNotThrowAnyException();
        assertThatCode(() -> keys("", "", " ", " ").refuseUnlessApart())
                .as("an empty variable counts as none")
                .doesNotThrowAnyException();
    }

    @Test
    void showsNoKey() {
        assertThat(keys("sk_live_1", "sk_test_1", "whsec_1", "whsec_2").toString())
                .doesNotContain("sk_", "whsec_");
    }

    private static StripeKeys keys(
            @Nullable String live, @Nullable String test, @Nullable String liveWebhook, @Nullable String testWebhook) {
        return new StripeKeys(new StripeKeys.Secret(live, test), new StripeKeys.Webhook(liveWebhook, testWebhook));
    }
}
