package dev.purser.edge.mvc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // the server lives from before the first test to after the last
class CorsTest {
    private static final String ORIGIN = "https://app.example.com";
    private static EdgeServer server;

    @BeforeAll
    static void start() {
        server = new EdgeServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static void checkNoCors(HttpResponse<?> response) {
        assertThat(response.headers().map().keySet())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"));
    }

    private static HttpResponse<String> preflight(String path) {
        return server.api(
                "OPTIONS",
                path,
                "",
                "Origin",
                ORIGIN,
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "authorization, x-stainless-retry-count");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/wallet/balance",
                "/v1/wallet/top-up",
                "/v1/sessions/refresh",
                "/v1/config",
                "/v1/requests/req1",
                "/v1/models",
                "/v1/chat/completions",
                "/v1/images/generations",
                "/v1/embeddings"
            })
    void aPreflightIsAnsweredOnEveryRouteForBrowsers(String path) {
        HttpResponse<String> response = preflight(path);
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
        assertThat(header(response, "Access-Control-Allow-Methods")).isEqualTo("POST, GET, OPTIONS");
        assertThat(header(response, "Access-Control-Allow-Headers"))
                .isEqualTo("authorization, x-stainless-retry-count");
        assertThat(header(response, "Access-Control-Max-Age")).isEqualTo("600");
        assertThat(header(response, "Vary")).isEqualTo("Origin");
        assertThat(header(response, "X-Request-Id")).isNotEmpty();
        assertThat(header(response, "Access-Control-Allow-Credentials")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/sessions",
                "/v1/sessions/s/revoke",
                "/v1/wallets/w",
                "/v1/wallets/w/credit",
                "/v1/wallet",
                "/v1/wallet/",
                "/v1/customers",
                "/v1/admin/organizations",
                "/v1/version",
                "/v1/nothing",
                "/"
            })
    void noOtherRouteHasAnyOfIt(String path) {
        checkNoCors(preflight(path));
        HttpResponse<String> response = server.api("GET", path, "", "Origin", ORIGIN);
        checkNoCors(response);
        assertThat(response.statusCode()).isGreaterThanOrEqualTo(400);
    }

    @Test
    void aPreflightOfAnotherRouteIsAnOrdinaryRequestForItsOptions() {
        HttpResponse<String> known = preflight("/v1/wallets/w");
        assertThat(known.statusCode()).isEqualTo(200);
        assertThat(header(known, "Allow")).contains("GET");
        assertThat(preflight("/v1/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void theAnswerItselfEchoesTheOriginAndExposesWhatClientsRead() {
        HttpResponse<String> response = server.api("GET", "/v1/config", "", "Origin", ORIGIN);
        assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
        assertThat(header(response, "Access-Control-Expose-Headers"))
                .contains(
                        "X-Request-Id",
                        "X-LLMGateway-Cost",
                        "Retry-After",
                        "Idempotent-Replayed",
                        "x-ratelimit-remaining-tokens");
        assertThat(header(response, "Access-Control-Allow-Credentials")).isEmpty();
        assertThat(header(response, "Vary")).isEqualTo("Origin");
    }

    @Test
    void errorsEchoTheOriginToo() {
        HttpResponse<String> response = server.gateway("POST", "/v1/chat/completions", "{}", "Origin", ORIGIN);
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
        assertThat(header(response, "Vary")).isEqualTo("Origin");
    }

    @Test
    void cachesAreToldThatTheAnswerVariesEvenWhereThereIsNoOrigin() {
        HttpResponse<String> response = server.api("GET", "/v1/config", "");
        assertThat(header(response, "Vary")).isEqualTo("Origin");
        assertThat(header(response, "Access-Control-Allow-Origin")).isEmpty();
    }
}
