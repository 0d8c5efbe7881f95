package dev.purser.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.gateway.wire.WireJson;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ModelsTest {
    private final GatewayServer server = GatewayServer.shared();

    private static List<String> ids(GatewayServer.Client client) throws Exception {
        HttpResponse<String> response = client.get("/v1/models");
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode list = WireJson.parse(response.body());
        assertThat(list.path("object").asString()).isEqualTo("list");
        return list.path("data")
                .valueStream()
                .map(model -> model.path("id").asString())
                .toList();
    }

    @Test
    void listsWhatCanBeCalledAndNothingElse() throws Exception {
        assertThat(ids(server.session().open()))
                .containsExactlyInAnyOrder(
                        "auto",
                        "builtin/free-chat",
                        "builtin/free-echo",
                        "builtin/free-embedding",
                        "builtin/free-image",
                        "builtin/priced-echo",
                        "local/priced",
                        "local/counted",
                        "local/dear",
                        "local/gratis",
                        "second/priced",
                        "local/twin",
                        "backup/twin",
                        "local/thinker",
                        "local/vectors",
                        "local/pictures",
                        "local/sketches");
    }

    @Test
    void testSessionsSeeFreeModelsOnly() throws Exception {
        assertThat(ids(server.session().test().open()))
                .containsExactlyInAnyOrder(
                        "auto",
                        "builtin/free-chat",
                        "builtin/free-echo",
                        "builtin/free-embedding",
                        "builtin/free-image",
                        "local/gratis");
    }

    @Test
    void aScopeNarrowsTheList() throws Exception {
        assertThat(ids(server.session().models("priced", "builtin/free-chat").open()))
                .containsExactlyInAnyOrder("auto", "builtin/free-chat", "local/priced", "second/priced");
        assertThat(ids(server.session().models("local/vectors").open())).containsExactly("local/vectors");
    }

    @Test
    void autoIsAModelThatSaysWhatItCanPick() throws Exception {
        JsonNode auto = WireJson.parse(server.session()
                .models("local/dear", "local/gratis")
                .open()
                .get("/v1/models/auto")
                .body());
        assertThat(auto.path("id").asString()).isEqualTo("auto");
        assertThat(auto.path("object").asString()).isEqualTo("model");
        assertThat(auto.path("abilities")).hasToString("[\"tools\"]");
        assertThat(auto.has("pricing")).isFalse();
        assertThat(server.session()
                        .models("local/vectors")
                        .open()
                        .get("/v1/models/auto")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void pricesAreShownByTheKindOfAModel() throws Exception {
        var client = server.session().open();
        JsonNode vectors = WireJson.parse(client.get("/v1/models/local/vectors").body());
        assertThat(vectors.path("kind").asString()).isEqualTo("embedding");
        assertThat(vectors.path("pricing"))
                .hasToString("{\"currency\":\"USD\",\"unit\":\"per_million_tokens\",\"input\":\"0.1\"}");
        assertThat(vectors.has("max_output_tokens")).isFalse();
        JsonNode pictures =
                WireJson.parse(client.get("/v1/models/local/pictures").body());
        assertThat(pictures.path("pricing").path("images").path(0))
                .hasToString("{\"size\":\"1024x1024\",\"quality\":\"low\",\"price\":\"0.011\"}");
        assertThat(pictures.path("pricing").path("images").path(2))
                .hasToString("{\"size\":\"512x512\",\"price\":\"0.005\"}");
        JsonNode sketches =
                WireJson.parse(client.get("/v1/models/local/sketches").body());
        assertThat(sketches.path("pricing").path("per_image").asString()).isEqualTo("0.002");
        JsonNode thinker = WireJson.parse(client.get("/v1/models/local/thinker").body());
        assertThat(thinker.path("pricing").path("reasoning").asString()).isEqualTo("2");
    }

    @Test
    void oneModelIsFoundByItsNameWithASlashPlainOrEncodedAndByItsBareName() throws Exception {
        var client = server.session().open();
        for (String path : List.of("local/priced", "local%2Fpriced", "priced")) {
            JsonNode model = WireJson.parse(client.get("/v1/models/" + path).body());
            assertThat(model.path("id").asString()).as(path).isEqualTo("local/priced");
            assertThat(model.path("object").asString()).isEqualTo("model");
            assertThat(model.path("created").isIntegralNumber()).isTrue();
            assertThat(model.path("owned_by").asString()).isEqualTo("local");
            assertThat(model.path("free").asBoolean()).isFalse();
            assertThat(model.path("context_window").asInt()).isEqualTo(100_000);
            assertThat(model.path("pricing").path("input").asString()).isEqualTo("3");
            assertThat(model.path("pricing").path("cached_input").asString()).isEqualTo("0.3");
            assertThat(model.path("pricing").path("output").asString()).isEqualTo("15");
        }
    }

    @Test
    void whatIsNotThereOrNotInScopeIsA404() throws Exception {
        HttpResponse<String> unknown = server.session().open().get("/v1/models/no/such/model");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("model_not_found");
        HttpResponse<String> outside =
                server.session().models("local/gratis").open().get("/v1/models/local/priced");
        assertThat(outside.statusCode()).isEqualTo(404);
        HttpResponse<String> priced = server.session().test().open().get("/v1/models/local/priced");
        assertThat(priced.statusCode()).isEqualTo(404);
    }
}
