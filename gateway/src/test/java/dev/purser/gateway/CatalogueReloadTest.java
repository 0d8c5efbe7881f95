package dev.purser.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.purser.domain.LedgerCommand;
import dev.purser.domain.pricing.PriceListCommand.PublishPrices;
import dev.purser.gateway.settlement.HoldSettings;
import dev.purser.gateway.wire.WireJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CatalogueReloadTest {
    private final GatewayServer server;
    private final GatewayServer.Client client;

    CatalogueReloadTest() throws Exception {
        server = new GatewayServer(Duration.ofSeconds(30), Duration.ofSeconds(1), HoldSettings.DEFAULTS);
        client = server.session().open();
    }

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    private void write(String content) throws Exception {
        Path next = Files.writeString(server.catalogue.resolveSibling("next.json"), content);
        Files.move(next, server.catalogue, StandardCopyOption.REPLACE_EXISTING);
    }

    private String input(String model) throws Exception {
        return WireJson.parse(client.get("/v1/models/" + model).body())
                .path("pricing")
                .path("input")
                .asString("none");
    }

    private HttpResponse<String> operator(String method, String path) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(server.uri(path).toString()))
                            .header("Authorization", "Bearer " + GatewayServer.OPERATOR)
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private String dearer() {
        return server.models().replaceFirst("\"input\": \"3\"", "\"input\": \"4\"");
    }

    @Test
    void aChangedFileIsInForceWithoutARestartAndBillsNameTheNewVersion() throws Exception {
        server.upstream.plays(exchange -> exchange.json(
                200,
                ScriptedUpstream.whole(
                        "Hi", ",\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15}")));
        client.ask("local/priced");
        assertThat(client.billed().priceVersion()).isEqualTo(1);

        write(dearer());
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(input("local/priced")).isEqualTo("4"));

        HttpResponse<String> response = client.ask("local/priced");
        assertThat(response.headers().firstValue("X-LLMGateway-Cost")).contains("0.000115");
        assertThat(client.billed().priceVersion()).isEqualTo(2);
    }

    @Test
    void aCallThatHasBegunEndsWithThePricesItBeganWith() throws Exception {
        server.upstream.plays(exchange -> {
            write(dearer());
            operator("POST", "/v1/admin/catalogue/reload");
            exchange.json(
                    200,
                    ScriptedUpstream.whole(
                            "Hi", ",\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15}"));
        });
        HttpResponse<String> response = client.ask("local/priced");
        assertThat(response.headers().firstValue("X-LLMGateway-Cost")).contains("0.000105");
        assertThat(client.billed().priceVersion()).isEqualTo(1);
        assertThat(input("local/priced")).isEqualTo("4");
    }

    @Test
    void theOperatorReloadsAtOnceAndSeesWhatIsInForce() throws Exception {
        JsonNode before = WireJson.parse(operator("GET", "/v1/admin/catalogue").body());
        assertThat(before.path("priceVersion").asInt()).isEqualTo(1);
        assertThat(before.path("offered").asInt())
                .isBetween(10, before.path("models").asInt());
        write(dearer());
        HttpResponse<String> reloaded = operator("POST", "/v1/admin/catalogue/reload");
        assertThat(reloaded.statusCode()).isEqualTo(200);
        assertThat(WireJson.parse(reloaded.body()).path("priceVersion").asInt()).isEqualTo(2);
        assertThat(WireJson.parse(operator("POST", "/v1/admin/catalogue/reload").body())
                        .path("priceVersion")
                        .asInt())
                .isEqualTo(2);
        assertThat(client.get("/v1/admin/catalogue").statusCode()).isEqualTo(401);
    }

    @Test
    void aFileThatIsRefusedLeavesThePricesAndNamesTheEntry() throws Exception {
        write(server.models().replaceFirst("\"input\": \"3\"", "\"input\": \"-3\""));
        HttpResponse<String> refused = operator("POST", "/v1/admin/catalogue/reload");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .contains("catalogue_refused", "line 7: model local/priced: tariff.input must not be negative");
        assertThat(input("local/priced")).isEqualTo("3");
        Files.delete(server.catalogue);
        assertThat(operator("POST", "/v1/admin/catalogue/reload").body()).contains("cannot be read");
        Thread.sleep(200);
        assertThat(input("local/priced")).isEqualTo("3");
        assertThat(server.ledger.commands.stream().filter(PublishPrices.class::isInstance))
                .isEmpty();
    }

    @Test
    void aLedgerThatIsDownKeepsTheOldPricesUntilTheNewOnesAreOnRecord() throws Exception {
        server.ledger.failNext(2, false, CatalogueReloadTest::isPrices);
        write(dearer());
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(input("local/priced")).isEqualTo("4"));
        assertThat(server.ledger.commands.stream().filter(CatalogueReloadTest::isPrices))
                .hasSize(3);
    }

    private static boolean isPrices(LedgerCommand<?> command) {
        return command instanceof PublishPrices;
    }
}
