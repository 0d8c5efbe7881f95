package dev.purser.edge.mvc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.purser.edge.error.Errors;
import java.io.ByteArrayInputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@SuppressWarnings("NullAway.Init") // the server lives from before the first test to after the last
class EdgeHttpTest {
    private static final String[] BACKEND = {"Authorization", "Bearer " + EdgeServer.SECRET};
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

    private static void checkApiError(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.body())
                .startsWith("{\"error\":true,\"status\":" + status + ",\"code\":\"" + code + "\",\"message\":\"");
        assertThat(header(response, "Content-Type")).isEqualTo("application/json");
        assertThat(header(response, "X-Request-Id")).startsWith("req");
    }

    private static String[] with(String[] headers, String... more) {
        String[] all = new String[headers.length + more.length];
        System.arraycopy(headers, 0, all, 0, headers.length);
        System.arraycopy(more, 0, all, headers.length, more.length);
        return all;
    }

    @Nested
    class RequestIds {
        @Test
        void areOursAndTheSameEverywhere() {
            HttpResponse<String> response = server.api("GET", "/v1/config", "", "X-Request-Id", "theirs");
            String id = header(response, "X-Request-Id");
            assertThat(id).startsWith("req");
            assertThat(response.body()).contains("\"requestId\":\"" + id + "\"").contains("\"logged\":\"" + id + "\"");
            assertThat(response.headers().allValues("X-Request-Id")).hasSize(1);
        }
    }

    @Nested
    class Gates {
        @Test
        void takeTheBearerFirstAndElseTheKeyHeader() {
            String wrong = "sk_test_" + EdgeServer.DIGITS.replace('0', '1');
            assertThat(server.api("GET", "/v1/wallets/w", "", "x-api-key", EdgeServer.SECRET)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(server.api("GET", "/v1/wallets/w", "", "Authorization", "bearer " + EdgeServer.SECRET)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(server.api(
                                    "GET",
                                    "/v1/wallets/w",
                                    "",
                                    "Authorization",
                                    "Basic eDp5",
                                    "x-api-key",
                                    EdgeServer.SECRET)
                            .statusCode())
                    .isEqualTo(200);
            checkApiError(
                    server.api(
                            "GET",
                            "/v1/wallets/w",
                            "",
                            "Authorization",
                            "Bearer " + wrong,
                            "x-api-key",
                            EdgeServer.SECRET),
                    401,
                    "invalid_token");
        }

        @Test
        void comeBeforeTheBody() {
            checkApiError(server.api("POST", "/v1/wallets/w/credit", "{not json"), 401, "token_missing");
            checkApiError(
                    server.api(
                            "POST",
                            "/v1/wallets/w/credit",
                            "x".repeat(3 << 20),
                            "Authorization",
                            "Bearer " + EdgeServer.SESSION),
                    401,
                    "wrong_token_kind");
        }

        @Test
        void sayHowToAuthenticate() {
            assertThat(header(server.api("GET", "/v1/wallets/w", ""), "WWW-Authenticate"))
                    .isEqualTo("Bearer");
        }

        @Test
        void anUnknownPathIs404AndAWrongMethod405WithoutAToken() {
            checkApiError(server.api("GET", "/v1/nothing", ""), 404, "not_found");
            checkApiError(server.api("POST", "/v1/nothing", "{}"), 404, "not_found");
            checkApiError(server.api("GET", "/", ""), 404, "not_found");
            HttpResponse<String> wrongMethod = server.api("PUT", "/v1/wallets/w", "{}");
            checkApiError(wrongMethod, 405, "method_not_allowed");
            assertThat(header(wrongMethod, "Allow")).isEqualTo("DELETE, GET, HEAD, OPTIONS");
        }

        @Test
        void aPublicRouteKnowsWhoHasAToken() {
            assertThat(server.api("GET", "/v1/config", "").body()).contains("\"actor\":\"nobody\"");
            assertThat(server.api("GET", "/v1/config", "", "Authorization", "Bearer " + EdgeServer.SESSION)
                            .body())
                    .contains("\"actor\":\"ses1\"");
            assertThat(server.api("GET", "/v1/config", "", "Authorization", "Bearer " + EdgeServer.SECRET)
                            .body())
                    .contains("\"actor\":\"nobody\"");
        }
    }

    @Nested
    class Bodies {
        private static final String PATH = "/v1/wallets/w/credit";

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "application/json",
                    "application/json; charset=utf-8",
                    "Application/JSON;charset=\"UTF-8\"",
                    "application/vnd.x+json"
                })
        void areJsonInUtf8(String type) {
            assertThat(server.api("POST", PATH, "{\"text\":\"é\"}", with(BACKEND, "Content-Type", type))
                            .body())
                    .contains("\"length\":1");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "text/plain",
                    "application/x-www-form-urlencoded",
                    "multipart/form-data; boundary=x",
                    "application/xml",
                    "nonsense",
                    "application/json; charset=utf-16",
                    "application/json; charset=nonsense",
                    "*/*"
                })
        void ofAnotherTypeAreRefused(String type) {
            checkApiError(
                    server.api("POST", PATH, "{\"text\":\"e\"}", with(BACKEND, "Content-Type", type)),
                    415,
                    "unsupported_media_type");
        }

        @Test
        void withoutATypeAreTakenAsJson() {
            assertThat(server.api("POST", PATH, "{\"text\":\"abc\"}", BACKEND).statusCode())
                    .isEqualTo(200);
        }

        @Test
        void compressedOnesAreRefused() {
            checkApiError(
                    server.api("POST", PATH, "{\"text\":\"abc\"}", with(BACKEND, "Content-Encoding", "gzip")),
                    415,
                    "unsupported_media_type");
        }

        @Test
        void areBoundedWhetherTheyAnnounceTheirLengthOrNot() {
            int overhead = "{\"text\":\"\"}".length();
            String fits = "{\"text\":\"" + "x".repeat((1 << 20) - overhead) + "\"}";
            String tooLarge = "{\"text\":\"" + "x".repeat((1 << 20) - overhead + 1) + "\"}";
            assertThat(server.api("POST", PATH, fits, BACKEND).statusCode()).isEqualTo(200);
            assertThat(chunked(fits).statusCode()).isEqualTo(200);
            checkApiError(server.api("POST", PATH, tooLarge, BACKEND), 413, "request_too_large");
            checkApiError(chunked(tooLarge), 413, "request_too_large");
        }

        private HttpResponse<String> chunked(String body) {
            return server.send(
                    server.apiPort(),
                    "POST",
                    PATH,
                    BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.getBytes(UTF_8))),
                    BACKEND);
        }

        @Test
        void faultyOnesAreToldByTheirFields() {
            checkApiError(server.api("POST", PATH, "{", BACKEND), 400, "invalid_json");
            assertThat(server.api("POST", PATH, "", BACKEND).body())
                    .contains("\"details\":[{\"field\":\"text\",\"message\":\"is required\"}]");
        }

        @Test
        void mayBeMissingWhereNoneIsNeeded() {
            String[] session = {"Authorization", "Bearer " + EdgeServer.SESSION};
            assertThat(server.send(server.apiPort(), "POST", "/v1/sessions/refresh", BodyPublishers.noBody(), session)
                            .body())
                    .contains("\"bytes\":0");
            assertThat(server.api("POST", "/v1/sessions/refresh", "", with(session, "Content-Type", "application/json"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(server.api("GET", "/v1/wallets/w", "", with(BACKEND, "Content-Type", "application/json"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(server.api("DELETE", "/v1/wallets/w", "", with(BACKEND, "Content-Type", "application/json"))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Nested
    class Shapes {
        @Test
        void followTheRouteAndForUnknownPathsThePort() {
            assertThat(server.api("GET", "/v1/models/x", "").body())
                    .isEqualTo("{\"error\":{\"message\":\"No model x\",\"type\":\"not_found\",\"param\":null,"
                            + "\"code\":\"model_not_found\"},\"message\":\"No model x\"}");
            assertThat(server.gateway("GET", "/v1/nothing", "").body()).startsWith("{\"error\":{\"message\":");
            assertThat(server.gateway("GET", "/v1/wallets/w", "").body()).startsWith("{\"error\":true,");
            assertThat(server.gateway("POST", "/v1/chat/completions", "").body())
                    .contains("\"type\":\"invalid_request_error\"")
                    .contains("\"code\":\"invalid_api_key\"");
        }

        @Test
        void openAisOtherRoutesSayThatTheyAreNotOffered() {
            for (String path : List.of(
                    "/v1/completions", "/v1/responses", "/v1/audio/speech", "/v1/files/f", "/v1/images/edits")) {
                HttpResponse<String> response = server.gateway("POST", path, "{}");
                assertThat(response.statusCode()).isEqualTo(404);
                assertThat(response.body())
                        .contains("does not offer")
                        .contains("/v1/chat/completions")
                        .contains("route_not_offered");
            }
        }

        @Test
        void springsBodiesAreRefusedInOurShapeToo() {
            HttpResponse<String> response = server.gateway(
                    "POST",
                    "/v1/chat/completions",
                    "{",
                    "Authorization",
                    "Bearer " + EdgeServer.SESSION,
                    "Content-Type",
                    "application/json");
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body())
                    .contains("\"type\":\"invalid_request_error\"")
                    .contains("\"code\":null");
        }

        @Test
        void parametersAndAcceptHeadersOfTheWrongFormAreRefused() {
            checkApiError(server.api("GET", "/v1/wallets/w?limit=x", "", BACKEND), 400, "invalid_request");
            checkApiError(
                    server.api("GET", "/v1/wallets/w", "", with(BACKEND, "Accept", "text/html")),
                    406,
                    "not_acceptable");
            checkApiError(
                    server.api("GET", "/v1/wallets/w", "", with(BACKEND, "Accept", "nonsense")), 406, "not_acceptable");
        }

        @Test
        void sendErrorIsAnsweredInOurShape() {
            HttpResponse<String> response = server.api("GET", "/v1/wallet/send-error", "");
            checkApiError(response, 404, "not_found");
            assertThat(response.body()).doesNotContain("internals");
        }
    }

    @Nested
    class Faults {
        @Test
        void cutOffAnAnswerThatHasBegun() {
            assertThatThrownBy(() -> server.api("GET", "/v1/wallet/half", ""))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("chunked transfer encoding");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/v1/wallet/fault", "/v1/wallet/async-fault"})
        void carryTheRequestIdAndNoInternalsAndAreLoggedOnce(String path) {
            Logger logger = (Logger) LoggerFactory.getLogger(Errors.class);
            ListAppender<ILoggingEvent> log = new ListAppender<>();
            log.start();
            logger.addAppender(log);
            try {
                HttpResponse<String> response = server.api("GET", path, "", "Origin", "https://app.example.com");
                checkApiError(response, 500, "internal_error");
                String id = header(response, "X-Request-Id");
                assertThat(response.body())
                        .contains("\"requestId\":\"" + id + "\"")
                        .doesNotContain("internals");
                assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("https://app.example.com");
                assertThat(log.list).hasSize(1);
                assertThat(log.list.getFirst().getLevel()).isEqualTo(Level.ERROR);
                assertThat(log.list.getFirst().getFormattedMessage())
                        .contains(id)
                        .contains(path);
            } finally {
                logger.detachAppender(log);
            }
        }
    }
}
