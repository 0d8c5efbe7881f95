package dev.purser.app.packed;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One running server: its ports, its answers to broken requests, and what other processes find. */
class PackedPurserIT {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private static Path directory;

    private static PackedPurser purser;

    @BeforeAll
    static void start() {
        purser = new PackedPurser(directory).start();
    }

    @AfterAll
    static void stop() {
        purser.close();
    }

    @Test
    void saysWhatItIs() throws Exception {
        HttpResponse<String> answer = purser.get(purser.apiPort(), "/v1/version");

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode version = JSON.readTree(answer.body());
        assertThat(version.get("name").asString()).isEqualTo("Purser");
        assertThat(version.get("version").asString()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(answer.headers().firstValue("Server")).isEmpty();
    }

    @Test
    void tellsItsHealthAndItsMetricsOnAPortOfTheirOwn() throws Exception {
        JsonNode health = JSON.readTree(purser.management("/actuator/health").body());

        assertThat(health.at("/status").asString()).isEqualTo("UP");
        assertThat(health.at("/components/ledger/status").asString()).isEqualTo("UP");
        assertThat(health.at("/components/ledger/details/postgresql").asString())
                .startsWith("18");
        assertThat(purser.management("/actuator/prometheus").body())
                .contains("jvm_memory_used_bytes", "hikaricp_connections_active");
        assertThat(purser.management("/actuator/env").statusCode()).isEqualTo(404);
        assertThat(purser.get(purser.apiPort(), "/actuator/health").statusCode())
                .isEqualTo(404);
    }

    @Test
    void saysInItsLogWhereEverythingIs() {
        assertThat(purser.log())
                .contains(
                        "is ready",
                        "http://127.0.0.1:" + purser.apiPort(),
                        "http://127.0.0.1:" + purser.gatewayPort() + "/v1",
                        "embedded PostgreSQL 18",
                        purser.data().toString(),
                        "sandbox (play money), Stripe's API at http://127.0.0.1:",
                        "Ctrl-C")
                .doesNotContain("axoniq");
    }

    static Stream<Arguments> brokenRequests() {
        return Stream.of(
                Arguments.of("no HTTP at all", "GARBAGE\r\n\r\n", 400),
                Arguments.of("a space too many", "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", 400),
                Arguments.of("no host", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400),
                Arguments.of("a control character", "GET / HTTP/1.1\r\nHost: x\r\nA\u0001: 1\r\n\r\n", 400),
                Arguments.of(
                        "a huge header", "GET / HTTP/1.1\r\nHost: x\r\nA: " + "a".repeat(70_000) + "\r\n\r\n", 400),
                Arguments.of("a huge path", "GET /" + "a".repeat(70_000) + " HTTP/1.1\r\nHost: x\r\n\r\n", 400),
                Arguments.of("HTTP 7", "GET / HTTP/7.0\r\nHost: x\r\nConnection: close\r\n\r\n", 400),
                Arguments.of("a bad escape", "GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 400),
                Arguments.of(
                        "an unknown coding",
                        "POST /v1/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: zip\r\nConnection: close\r\n\r\n",
                        400),
                Arguments.of(
                        "a length that is none",
                        "POST /v1/x HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\nConnection: close\r\n\r\n",
                        400),
                Arguments.of("TRACE", "TRACE /v1/version HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 405));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenRequests")
    void answersWhatTomcatRefusesInTheShapeOfThePort(String what, String request, int status) throws Exception {
        String api = RawRequest.send(purser.apiPort(), request);
        assertThat(api).as(what).startsWith("HTTP/1.1 " + status).contains("X-Request-Id: req");
        JsonNode apiBody = body(api);
        assertThat(apiBody.at("/error").asBoolean()).isTrue();
        assertThat(apiBody.at("/status").asInt()).isEqualTo(status);
        assertThat(apiBody.at("/code").asString()).isNotEmpty();
        assertThat(apiBody.at("/message").asString()).isNotEmpty();

        String gateway = RawRequest.send(purser.gatewayPort(), request);
        assertThat(gateway).as(what).startsWith("HTTP/1.1 " + status).contains("X-Request-Id: req");
        if (!request.contains("/v1/version")) {
            assertThat(body(gateway).at("/error/message").asString()).isNotEmpty();
            assertThat(body(gateway).at("/error/type").asString()).isEqualTo("invalid_request_error");
            assertThat(body(gateway).at("/message").asString())
                    .isEqualTo(body(gateway).at("/error/message").asString());
        }
    }

    @Test
    void aSecondOneOnTheSameDataRefusesAndSaysWhy() {
        PackedPurser.Ended second = new PackedPurser(directory).run();

        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.output())
                .contains("is in use by another Purser (process ")
                .contains("PURSER_DATA_DIR")
                .doesNotContain("\tat ");
        assertThat(purser.postgres()).isPresent();
    }

    @Test
    void aSecondOneOnTheSamePortsRefusesBeforeItTouchesAnything() {
        PackedPurser.Ended second = purser.run();

        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.output()).contains("port " + purser.apiPort() + " (PURSER_API_PORT)", "choose other ports");
    }

    @Test
    void theDoctorFindsARunningPurserWell() {
        PackedPurser.Ended doctor = purser.run("doctor");

        assertThat(doctor.output())
                .contains(
                        "a running Purser (API)",
                        "a running Purser (gateway)",
                        "a running Purser (management)",
                        "fsync, synchronous_commit and full_page_writes are on",
                        "purser_app can read and append events, nothing else",
                        "ms a commit",
                        "Purser can run.")
                .doesNotContain("fail ");
        assertThat(doctor.exitCode()).isZero();
    }

    private static JsonNode body(String answer) {
        assertThat(answer).contains("Content-Type: application/json").doesNotContain("<html", "Apache");
        return JSON.readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
    }
}
