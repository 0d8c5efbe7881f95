package dev.purser.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.Money;
import dev.purser.domain.wallet.UsageSource;
import dev.purser.domain.wallet.WalletEvent.CreditsHeld;
import dev.purser.domain.wallet.WalletEvent.HoldReleased;
import dev.purser.domain.wallet.WalletEvent.UsageDebited;
import dev.purser.gateway.wire.WireJson;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class EmbeddingsTest {
    private final GatewayServer server = GatewayServer.shared();

    private static String answer(String usage) {
        return "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,"
                + "\"embedding\":[0.10000000149,-2.50e-3]}],\"model\":\"v-1-2026\",\"extra\":{\"x\":1.00}" + usage
                + "}";
    }

    private static String body(String model, String input, String more) {
        return "{\"model\":\"" + model + "\",\"input\":" + input + more + "}";
    }

    private static HttpResponse<String> embed(GatewayServer.Client client, String body) throws Exception {
        return client.post("/v1/embeddings", body);
    }

    @Test
    void thePromptIsBilledAtTheInputPriceAndTheAnswerPassesThrough() throws Exception {
        var client = server.session().open();
        server.upstream.plays(
                exchange -> exchange.json(200, answer(",\"usage\":{\"prompt_tokens\":7,\"total_tokens\":7}")));

        HttpResponse<String> response = embed(
                client,
                body(
                        "local/vectors",
                        "[\"good day\",\"bad day\"]",
                        ",\"dimensions\":256,\"encoding_format\":\"float\",\"user\":\"u1\",\"custom\":1.50"));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        // 7 tokens at $0.10 a million.
        assertThat(response.headers().firstValue("X-LLMGateway-Cost")).contains("0.0000007");
        JsonNode json = WireJson.parse(response.body());
        assertThat(json.path("object").asString()).isEqualTo("list");
        assertThat(json.path("model").asString()).isEqualTo("local/vectors");
        assertThat(json.path("usage")).hasToString("{\"prompt_tokens\":7,\"total_tokens\":7}");
        assertThat(response.body()).contains("[0.10000000149,-2.50e-3]", "\"extra\":{\"x\":1.00}");
        var sent = server.upstream.received.getLast();
        assertThat(sent.path()).isEqualTo("/v1/embeddings");
        assertThat(sent.headers()).containsEntry("authorization", "Bearer sk-local-secret-key");
        assertThat(sent.body())
                .hasToString("{\"model\":\"v-1\",\"input\":[\"good day\",\"bad day\"],\"dimensions\":256,"
                        + "\"encoding_format\":\"float\",\"user\":\"u1\",\"custom\":1.50}");
        assertThat(server.ledger.events(client.wallet, UsageDebited.class)).hasSize(1);
        assertThat(client.billed().provider()).isEqualTo("local");
        assertThat(client.billed().source()).isEqualTo(UsageSource.PROVIDER);
        assertThat(client.balance()).hasToString("4.9999993");
        assertThat(client.held()).isEqualTo(Money.ZERO);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "12345678"            | 0.0000016
        ["12345678","1234"]   | 0.0000028
        [5,6,7]               | 0.0000011
        [[5,6],[7,8,9]]       | 0.0000021
        """)
    void theWorstCaseIsHeldAndBilledWhereTheProviderSaysNothing(String input, String bound) throws Exception {
        var client = server.session().open();
        server.upstream.plays(exchange -> exchange.json(200, answer("")));

        HttpResponse<String> response = embed(client, body("local/vectors", input, ""));

        // Bytes or tokens, and 8 for each text.
        assertThat(server.ledger
                        .events(client.wallet, CreditsHeld.class)
                        .getFirst()
                        .amount())
                .hasToString(bound);
        assertThat(response.headers().firstValue("X-LLMGateway-Cost")).contains(bound);
        assertThat(client.billed().source()).isEqualTo(UsageSource.ESTIMATED);
        assertThat(WireJson.parse(response.body())
                        .path("usage")
                        .path("total_tokens")
                        .asLong())
                .isEqualTo(client.billed().usage().promptTokens());
    }

    @Test
    void vectorsInBase64PassThroughAsTheyCame() throws Exception {
        server.upstream.plays(
                exchange -> exchange.json(
                        200,
                        "{\"object\":\"list\",\"data\":[{\"embedding\":\"AACAPw==\"}],\"usage\":{\"prompt_tokens\":1,\"total_tokens\":1}}"));
        HttpResponse<String> response =
                embed(server.session().open(), body("local/vectors", "\"x\"", ",\"encoding_format\":\"base64\""));
        assertThat(response.body()).contains("[{\"embedding\":\"AACAPw==\"}]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        model           | {"input":"x"}
        input           | {"model":"local/vectors"}
        input           | {"model":"local/vectors","input":[]}
        input           | {"model":"local/vectors","input":""}
        input           | {"model":"local/vectors","input":{"text":"x"}}
        input[1]        | {"model":"local/vectors","input":["x",""]}
        input[1]        | {"model":"local/vectors","input":["x",5]}
        input[0]        | {"model":"local/vectors","input":[[]]}
        input           | {"model":"local/vectors","input":[1,-2]}
        input[0]        | {"model":"local/vectors","input":[null]}
        encoding_format | {"model":"local/vectors","input":"x","encoding_format":"int8"}
        dimensions      | {"model":"local/vectors","input":"x","dimensions":0}
        model           | {"model":"local/priced","input":"x"}
        """)
    void aFieldThatCannotBeIsA400ThatNamesIt(String param, String body) throws Exception {
        HttpResponse<String> response = embed(server.session().open(), body);
        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode error = WireJson.parse(response.body()).path("error");
        assertThat(error.path("type").asString()).isEqualTo("invalid_request_error");
        assertThat(error.path("param").asString()).isEqualTo(param);
    }

    @Test
    void moreThan2048TextsAreA400() throws Exception {
        String texts = "[" + "\"x\",".repeat(2_048) + "\"x\"]";
        assertThat(embed(server.session().open(), body("builtin/free-embedding", texts, ""))
                        .body())
                .contains("\"param\":\"input\"");
    }

    @Test
    void theGatesAreThoseOfAChatAndInTheSameOrder() throws Exception {
        var poor = server.session().with("0.0000001").open();
        assertThat(embed(poor, body("nobody/nothing", "\"x\"", "")).statusCode())
                .isEqualTo(404);
        assertThat(embed(server.session().test().models("local/gratis").open(), body("local/vectors", "\"x\"", ""))
                        .body())
                .contains("permission_denied", "auto");
        assertThat(embed(server.session().models("local/priced").open(), body("local/vectors", "\"x\"", ""))
                        .body())
                .contains("permission_denied", "scope");
        HttpResponse<String> short402 = embed(poor, body("local/vectors", "\"x\"", ""));
        assertThat(short402.statusCode()).isEqualTo(402);
        assertThat(short402.body()).contains("insufficient_credits");
        assertThat(embed(server.session().maxSpend("0.0000001").open(), body("local/vectors", "\"x\"", ""))
                        .body())
                .contains("session_spend_cap");
        var nobody = server.new Client("es_" + "x".repeat(40), poor.wallet);
        assertThat(embed(nobody, "no json").statusCode()).isEqualTo(401);
    }

    @Test
    void theSameKeyIsChargedOnce() throws Exception {
        var client = server.session().open();
        server.upstream.plays(
                exchange -> exchange.json(200, answer(",\"usage\":{\"prompt_tokens\":7,\"total_tokens\":7}")));
        String body = body("local/vectors", "\"x\"", "");
        HttpResponse<String> first = client.post("/v1/embeddings", body, "Idempotency-Key", "e1");
        HttpResponse<String> second = client.post("/v1/embeddings", body, "Idempotency-Key", "e1");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body())
                .contains(first.headers().firstValue("X-Request-Id").orElseThrow());
        assertThat(server.ledger.events(client.wallet, UsageDebited.class)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        200 | <html>                                                | 502 | api_error
        200 | {"object":"list"}                                     | 502 | api_error
        200 | {"data":"none"}                                       | 502 | api_error
        200 | {"error":{"code":"rate_limit_exceeded"}}              | 429 | rate_limit_error
        400 | {"error":{"message":"too many dimensions"}}           | 400 | invalid_request_error
        500 | {}                                                    | 502 | api_error
        """)
    void whatTheProviderGetsWrongCostsNothing(int theirs, String body, int ours, String type) throws Exception {
        var client = server.session().open();
        server.upstream.plays(exchange -> exchange.json(theirs, body));
        HttpResponse<String> response = embed(client, body("local/vectors", "\"x\"", ""));
        assertThat(response.statusCode()).isEqualTo(ours);
        assertThat(WireJson.parse(response.body()).path("error").path("type").asString())
                .isEqualTo(type);
        assertThat(server.ledger.events(client.wallet, HoldReleased.class)).hasSize(1);
        assertThat(client.balance()).hasToString("5");
    }

    @Nested
    class BuiltIn {
        private final GatewayServer.Client client =
                server.session().test().with("0").open();

        private List<double[]> vectors(String input, String more) throws Exception {
            HttpResponse<String> response = embed(client, body("builtin/free-embedding", input, more));
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            List<double[]> vectors = new ArrayList<>();
            for (JsonNode element : WireJson.parse(response.body()).path("data")) {
                assertThat(element.path("object").asString()).isEqualTo("embedding");
                assertThat(element.path("index").asInt()).isEqualTo(vectors.size());
                JsonNode embedding = element.path("embedding");
                vectors.add(
                        embedding.isString()
                                ? decoded(embedding.stringValue())
                                : embedding
                                        .valueStream()
                                        .mapToDouble(JsonNode::asDouble)
                                        .toArray());
            }
            return vectors;
        }

        private static double[] decoded(String base64) {
            ByteBuffer bytes =
                    ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
            double[] numbers = new double[bytes.remaining() / Float.BYTES];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = bytes.getFloat();
            }
            return numbers;
        }

        private static double similarity(double[] one, double[] other) {
            double product = 0;
            for (int i = 0; i < one.length; i++) {
                product += one[i] * other[i];
            }
            return product;
        }

        @Test
        void makesTheSameUnitVectorOfTheSameTextAndNearOnesOfNearTexts() throws Exception {
            List<double[]> made = vectors("[\"the cat sat\",\"The cat sat.\",\"a cat sat\",\"stock prices fell\"]", "");
            assertThat(made).allSatisfy(vector -> {
                assertThat(vector).hasSize(256);
                assertThat(similarity(vector, vector)).isBetween(0.9999, 1.0001);
            });
            assertThat(made.get(1)).isEqualTo(made.get(0));
            assertThat(similarity(made.get(0), made.get(2)))
                    .isGreaterThan(0.5)
                    .isGreaterThan(similarity(made.get(0), made.get(3)) + 0.3);
        }

        @Test
        void honoursDimensionsAndEncoding() throws Exception {
            double[] plain = vectors("\"the cat\"", ",\"dimensions\":64").getFirst();
            double[] packed = vectors("\"the cat\"", ",\"dimensions\":64,\"encoding_format\":\"base64\"")
                    .getFirst();
            assertThat(plain).hasSize(64);
            assertThat(packed).hasSize(64);
            assertThat(similarity(plain, packed)).isBetween(0.9999, 1.0001);
            assertThat(embed(client, body("builtin/free-embedding", "\"x\"", ",\"dimensions\":2000"))
                            .statusCode())
                    .isEqualTo(400);
        }

        @Test
        void takesTokensAndLeavesAnEntryOfZero() throws Exception {
            assertThat(vectors("[[5,6],[7]]", "")).hasSize(2);
            assertThat(client.billed().usage().promptTokens()).isEqualTo(3);
            assertThat(vectors("[5,6]", "").getFirst())
                    .isEqualTo(vectors("[[5,6]]", "").getFirst());
            assertThat(server.ledger
                            .events(client.wallet, UsageDebited.class)
                            .getLast()
                            .charged())
                    .isEqualTo(Money.ZERO);
        }

        @Test
        void autoPicksItForATestSession() throws Exception {
            HttpResponse<String> response = embed(client, body("auto", "\"x\"", ""));
            assertThat(WireJson.parse(response.body()).path("model").asString()).isEqualTo("builtin/free-embedding");
        }
    }
}
