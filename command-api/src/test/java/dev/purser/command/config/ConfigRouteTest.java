package dev.purser.command.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.command.TestApi;
import dev.purser.command.config.PaymentsConfig.PaymentMode;
import org.junit.jupiter.api.Test;

class ConfigRouteTest {
    private final TestApi api = new TestApi();

    @Test
    void isPublic() {
        assertThat(api.get("/v1/config", null).expect(200).text())
                .isEqualTo("{\"stripePublishableKey\":\"pk_live_1\",\"stripePublishableKeyTest\":\"pk_test_1\","
                        + "\"paymentMode\":\"sandbox\"}");
    }

    @Test
    void isNarrowedToTheModeOfASessionToken() {
        assertThat(api.get("/v1/config", TestApi.SESSION).expect(200).json())
                .containsEntry("stripePublishableKey", null)
                .containsEntry("stripePublishableKeyTest", "pk_test_1");
    }

    @Test
    void hasNullsWhereNothingIsConfigured() {
        TestApi none = new TestApi(new PaymentsConfig(PaymentMode.NONE, null, null));
        assertThat(none.get("/v1/config", null).expect(200).text())
                .isEqualTo(
                        "{\"stripePublishableKey\":null,\"stripePublishableKeyTest\":null,\"paymentMode\":\"none\"}");
    }
}
