package dev.purser.app.packed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Read models are looked after beside a running server, without one, and by its routes. */
class ProjectionsCommandIT {
    private static final String REBUILD = "/v1/admin/projections/rebuild";

    @TempDir
    private Path directory;

    @Test
    void rebuildsBesideARunningServerByItsRoutesAndWithoutOne() throws Exception {
        try (PackedPurser purser = new PackedPurser(directory);
                HttpClient http = HttpClient.newHttpClient()) {
            purser.start();

            PackedPurser.Ended list = purser.run("projections");
            assertThat(list.output())
                    .contains("POSITION", "ledger_entry", "wallet")
                    .doesNotContain("last rebuild");
            assertThat(list.exitCode()).isZero();

            PackedPurser.Ended all = purser.run("projections", "rebuild");
            assertThat(all.output()).contains("wallet: ", "rows, equal", "switched since");
            assertThat(all.exitCode()).isZero();
            assertThat(purser.run("projections").output()).contains("last rebuild: wallet, ");

            PackedPurser.Ended retry = purser.run("projections", "retry", "wallet");
            assertThat(retry.output()).contains("wallet: 0 applied, 0 left");
            assertThat(retry.exitCode()).isZero();

            byTheRoutes(purser, http);

            assertThat(purser.terminate()).isZero();
            PackedPurser.Ended stopped = purser.run("projections", "rebuild", "wallet", "--on-difference=switch");
            assertThat(stopped.output()).contains("wallet switched since");
            assertThat(stopped.exitCode()).isZero();
            PackedPurser.Ended discard = purser.run("projections", "discard");
            assertThat(discard.output()).contains("There are no rebuilt tables");
            assertThat(discard.exitCode()).isEqualTo(1);
            PackedPurser.Ended unknown = purser.run("projections", "rebuild", "nobody");
            assertThat(unknown.output()).contains("There is no projection \"nobody\"");
            assertThat(unknown.exitCode()).isEqualTo(2);
        }
    }

    private static void byTheRoutes(PackedPurser purser, HttpClient http) throws Exception {
        String operator = Files.readAllLines(purser.data().resolve("demo.env")).stream()
                .filter(line -> line.startsWith("PURSER_OPERATOR_KEY="))
                .map(line -> line.substring(line.indexOf('=') + 1))
                .findFirst()
                .orElseThrow();
        HttpResponse<String> begun = post(http, purser, operator, REBUILD, "{\"projections\":[\"customer\"]}");
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
        assertThat(begun.body()).contains("\"onDifference\":\"keep\"", "\"projections\":[\"customer\"]");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(send(http, request(purser, operator, REBUILD)))
                        .contains("\"phase\":\"switched\"", "\"equal\":true", "\"eventsPerSecond\""));
        HttpResponse<String> nothing = post(http, purser, operator, REBUILD + "/switch", "");
        assertThat(nothing.statusCode()).isEqualTo(409);
        assertThat(nothing.body()).contains("no_rebuilt_tables");
        HttpResponse<String> retried = post(http, purser, operator, "/v1/admin/projections/session/retry", "");
        assertThat(retried.body()).contains("\"applied\":0", "\"left\":0");
    }

    private static HttpResponse<String> post(
            HttpClient http, PackedPurser purser, String operator, String path, String body)
            throws IOException, InterruptedException {
        return http.send(
                request(purser, operator, path)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String send(HttpClient http, HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString()).body();
    }

    private static HttpRequest.Builder request(PackedPurser purser, String operator, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + purser.apiPort() + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + operator)
                .header("Content-Type", "application/json");
    }
}
