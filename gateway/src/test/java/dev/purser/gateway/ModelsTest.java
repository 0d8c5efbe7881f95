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
                        "builtin/free-chat",
                        "builtin/free-echo",
                        "builtin/priced-echo",
                        "local/priced",
                        "local/counted",
                        "local/dear",
                        "local/gratis",
                        "second/priced");
    }

    @Test
    void testSessionsSeeFreeModelsOnly() throws Exception {
        assertThat(ids(server.session().test().open()))
                .containsExactlyInAnyOrder("builtin/free-chat", "builtin/free-echo", "local/gratis");
    }

    @Test
    void aScopeNarrowsTheList() throws Exception {
        assertThat(ids(server.session().models("priced", "builtin/free-chat").open()))
                .containsExactlyInAnyOrder("builtin/free-chat", "local/priced", "second/priced");
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
