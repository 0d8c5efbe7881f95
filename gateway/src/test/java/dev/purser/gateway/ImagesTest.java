package dev.purser.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.Money;
import dev.purser.domain.pricing.ImageKind;
import dev.purser.domain.wallet.WalletEvent.CreditsHeld;
import dev.purser.domain.wallet.WalletEvent.HoldReleased;
import dev.purser.domain.wallet.WalletEvent.UsageDebited;
import dev.purser.gateway.wire.WireJson;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ImagesTest {
    private final GatewayServer server = GatewayServer.shared();

    private static String body(String model, String more) {
        return "{\"model\":\"" + model + "\",\"prompt\":\"a boat\"" + more + "}";
    }

    private static HttpResponse<String> draw(GatewayServer.Client client, String body) throws Exception {
        return client.post("/v1/images/generations", body);
    }

    private void answers(int images) {
        String one = "{\"b64_json\":\"aGk=\"},";
        String data = one.repeat(images).replaceAll(",$", "");
        server.upstream.plays(exchange ->
                exchange.json(200, "{\"created\":1700000000,\"data\":[" + data + "],\"background\":\"opaque\"}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
        ,"size":"1024x1024","quality":"high","n":3 | 0.501 | 1024x1024 | high
        ,"size":"1024x1024","quality":"low"        | 0.011 | 1024x1024 | low
        ,"size":"1024x1024"                        | 0.011 | 1024x1024 | low
        ,"quality":"high"                          | 0.167 | 1024x1024 | high
        ,"size":"512x512","n":2                    | 0.01  | 512x512   | -
        ,"size":"512x512","quality":"any"          | 0.005 | 512x512   | any
        `` | 0.011 | 1024x1024 | low
        """)
    void theImagesAreHeldAndBilledBySizeAndQualityWhichAreAlsoSent(
            String more, String price, String size, String quality) throws Exception {
        var client = server.session().open();
        int count = more.contains("\"n\":3") ? 3 : more.contains("\"n\":2") ? 2 : 1;
        answers(count);

        HttpResponse<String> response = draw(client, body("local/pictures", more));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("X-LLMGateway-Cost")).contains(price);
        assertThat(server.ledger
                        .events(client.wallet, CreditsHeld.class)
                        .getFirst()
                        .amount())
                .hasToString(price);
        assertThat(client.billed().usage().images()).isEqualTo(count);
        assertThat(client.billed().usage().imageKind())
                .isEqualTo(new ImageKind(size, size.equals("512x512") ? null : quality));
        JsonNode sent = server.upstream.received.getLast().body();
        assertThat(server.upstream.received.getLast().path()).isEqualTo("/v1/images/generations");
        assertThat(sent.path("model").asString()).isEqualTo("p-1");
        assertThat(sent.path("size").asString()).isEqualTo(size);
        assertThat(sent.path("quality").asString(null)).isEqualTo(quality);
        assertThat(server.ledger.events(client.wallet, UsageDebited.class)).hasSize(1);
        assertThat(client.held()).isEqualTo(Money.ZERO);
    }

    @Test
    void theAnswerPassesThroughAndUnknownFieldsGoOut() throws Exception {
        answers(1);
        HttpResponse<String> response = draw(
                server.session().open(),
                body("local/sketches", ",\"response_format\":\"url\",\"style\":\"vivid\",\"user\":\"u\""));
        assertThat(WireJson.parse(response.body()))
                .isEqualTo(WireJson.parse(
                        "{\"data\":[{\"b64_json\":\"aGk=\"}],\"created\":1700000000,\"background\":\"opaque\"}"));
        assertThat(response.headers().firstValue("X-LLMGateway-Cost")).contains("0.002");
        assertThat(server.upstream.received.getLast().body())
                .hasToString("{\"model\":\"sketches\",\"prompt\":\"a boat\",\"response_format\":\"url\","
                        + "\"style\":\"vivid\",\"user\":\"u\"}");
    }

    @ParameterizedTest
    @CsvSource({"1,0.011", "0,0", "5,0.022"})
    void onlyImagesThatCameAndWereAskedForAreBilled(int came, String price) throws Exception {
        var client = server.session().open();
        answers(came);
        HttpResponse<String> response = draw(client, body("local/pictures", ",\"n\":2"));
        assertThat(response.headers().firstValue("X-LLMGateway-Cost")).contains(price);
        assertThat(client.held()).isEqualTo(Money.ZERO);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        prompt          | {"model":"local/pictures"}
        prompt          | {"model":"local/pictures","prompt":" "}
        prompt          | {"model":"local/pictures","prompt":["a boat"]}
        model           | {"prompt":"a boat"}
        model           | {"model":"local/vectors","prompt":"a boat"}
        n               | {"model":"local/pictures","prompt":"a boat","n":0}
        n               | {"model":"local/pictures","prompt":"a boat","n":11}
        size            | {"model":"local/pictures","prompt":"a boat","size":"9x9"}
        size            | {"model":"local/pictures","prompt":"a boat","size":"auto"}
        size            | {"model":"local/pictures","prompt":"a boat","size":5}
        quality         | {"model":"local/pictures","prompt":"a boat","size":"1024x1024","quality":"best"}
        quality         | {"model":"local/pictures","prompt":"a boat","size":"1024x1024","quality":"auto"}
        response_format | {"model":"local/pictures","prompt":"a boat","response_format":"svg"}
        stream          | {"model":"local/pictures","prompt":"a boat","stream":true}
        """)
    void aFieldThatCannotBeIsA400ThatNamesIt(String param, String body) throws Exception {
        var client = server.session().open();
        HttpResponse<String> response = draw(client, body);
        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode error = WireJson.parse(response.body()).path("error");
        assertThat(error.path("type").asString()).isEqualTo("invalid_request_error");
        assertThat(error.path("param").asString()).isEqualTo(param);
        assertThat(server.ledger.events(client.wallet, CreditsHeld.class)).isEmpty();
    }

    @Test
    void theGatesAreThoseOfAChat() throws Exception {
        var poor = server.session().with("0.01").open();
        assertThat(draw(poor, body("nobody/nothing", "")).statusCode()).isEqualTo(404);
        assertThat(draw(server.session().test().open(), body("local/pictures", ""))
                        .body())
                .contains("permission_denied", "auto");
        assertThat(draw(server.session().models("local/priced").open(), body("local/pictures", ""))
                        .body())
                .contains("permission_denied", "scope");
        HttpResponse<String> refused = draw(poor, body("local/pictures", ""));
        assertThat(refused.statusCode()).isEqualTo(402);
        assertThat(refused.body()).contains("insufficient_credits");
        assertThat(draw(server.session().maxSpend("0.01").open(), body("local/pictures", ""))
                        .body())
                .contains("session_spend_cap");
    }

    @Test
    void aRefusalOfTheProviderReachesTheClientAndCostsNothing() throws Exception {
        var client = server.session().open();
        server.upstream.plays(exchange -> exchange.json(400, "{\"error\":{\"message\":\"against the policy\"}}"));
        HttpResponse<String> response = draw(client, body("local/pictures", ""));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("against the policy");
        assertThat(server.ledger.events(client.wallet, HoldReleased.class)).hasSize(1);
    }

    @Test
    void theSameKeyIsChargedOnce() throws Exception {
        var client = server.session().open();
        answers(1);
        String body = body("local/pictures", "");
        assertThat(client.post("/v1/images/generations", body, "Idempotency-Key", "i1")
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.post("/v1/images/generations", body, "Idempotency-Key", "i1")
                        .statusCode())
                .isEqualTo(409);
        assertThat(server.ledger.events(client.wallet, UsageDebited.class)).hasSize(1);
    }

    @Nested
    class BuiltIn {
        private final GatewayServer.Client client =
                server.session().test().with("0").open();

        private JsonNode data(String more) throws Exception {
            HttpResponse<String> response = draw(client, body("builtin/free-image", more));
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return WireJson.parse(response.body()).path("data");
        }

        private static BufferedImage image(String base64) throws Exception {
            return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
        }

        @Test
        void makesTheSamePictureOfTheSamePrompt() throws Exception {
            JsonNode first = data(",\"n\":2,\"size\":\"96x60\"");
            assertThat(first).hasSize(2).isEqualTo(data(",\"n\":2,\"size\":\"96x60\""));
            assertThat(first.get(0)).isNotEqualTo(first.get(1));
            BufferedImage image = image(first.get(0).path("b64_json").asString());
            assertThat(image.getWidth()).isEqualTo(96);
            assertThat(image.getHeight()).isEqualTo(60);
            for (int x = 0; x < 96; x++) {
                assertThat(image.getRGB(x, 30)).as("column %s", x).isEqualTo(image.getRGB(95 - x, 30));
            }
            assertThat(image(data("").get(0).path("b64_json").asString()).getWidth())
                    .isEqualTo(256);
        }

        @Test
        void givesAUrlWhereOneIsAskedFor() throws Exception {
            String url = data(",\"response_format\":\"url\"").get(0).path("url").asString();
            assertThat(url).startsWith("data:image/png;base64,");
            assertThat(image(url.substring(url.indexOf(',') + 1))).isNotNull();
        }

        @Test
        void countsItsImagesAndChargesNothing() throws Exception {
            data(",\"n\":3");
            assertThat(client.billed().usage().images()).isEqualTo(3);
            assertThat(client.balance()).isEqualTo(Money.ZERO);
        }

        @ParameterizedTest
        @CsvSource({"2000x10", "0x10", "wide", "10x"})
        void refusesSizesItCannotMake(String size) throws Exception {
            assertThat(draw(client, body("builtin/free-image", ",\"size\":\"" + size + "\""))
                            .statusCode())
                    .isEqualTo(400);
        }
    }
}
