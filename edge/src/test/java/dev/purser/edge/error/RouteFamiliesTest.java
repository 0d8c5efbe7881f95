package dev.purser.edge.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class RouteFamiliesTest {
    private static final int API_PORT = 4002;
    private static final int GATEWAY_PORT = 4001;
    private final RouteFamilies families = new RouteFamilies(port -> port == GATEWAY_PORT);

    private RouteFamily family(String path, int port) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
        request.setLocalPort(port);
        return families.of(request);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/chat/completions",
                "/v1/chat/completions/x",
                "/v1/images/generations",
                "/v1/images/edits",
                "/v1/embeddings",
                "/v1/models",
                "/v1/models/builtin/echo",
                "/v1/completions",
                "/v1/responses",
                "/v1/audio/speech",
                "/v1/files/f1",
                "/v1/moderations",
                "/v1/fine_tuning/jobs",
                "/v1/batches"
            })
    void openAisRoutesHaveOpenAisShapeOnBothPorts(String path) {
        assertThat(family(path, API_PORT)).isEqualTo(RouteFamily.OPENAI);
        assertThat(family(path, GATEWAY_PORT)).isEqualTo(RouteFamily.OPENAI);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/sessions", "/v1/sessions/refresh", "/v1/wallet/balance", "/v1/wallets/w/credit",
                        "/v1/holds/h/capture", "/v1/customers",
                "/v1/requests/r", "/v1/config", "/v1/admin/organizations", "/v1/audit/events", "/v1/webhooks",
                        "/stripe/webhook"
            })
    void ourRoutesHaveOurShapeOnBothPorts(String path) {
        assertThat(family(path, API_PORT)).isEqualTo(RouteFamily.API);
        assertThat(family(path, GATEWAY_PORT)).isEqualTo(RouteFamily.API);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v1", "/v1/modelsx", "/v1/unheard-of", "/v2/chat/completions", "/favicon.ico"})
    void whatNobodyKnowsHasTheShapeOfItsPort(String path) {
        assertThat(family(path, API_PORT)).isEqualTo(RouteFamily.API);
        assertThat(family(path, GATEWAY_PORT)).isEqualTo(RouteFamily.OPENAI);
    }

    @Test
    void tellsWhatIsOpenAisAndNotOffered() {
        assertThat(RouteFamilies.isKnownButNotOffered("/v1/completions")).isTrue();
        assertThat(RouteFamilies.isKnownButNotOffered("/v1/images/edits")).isTrue();
        assertThat(RouteFamilies.isKnownButNotOffered("/v1/images/generations")).isFalse();
        assertThat(RouteFamilies.isKnownButNotOffered("/v1/embeddings")).isFalse();
        assertThat(RouteFamilies.isKnownButNotOffered("/v1/models")).isFalse();
        assertThat(RouteFamilies.isKnownButNotOffered("/v1/chat/completions")).isFalse();
        assertThat(RouteFamilies.isKnownButNotOffered("/v1/wallets")).isFalse();
    }
}
