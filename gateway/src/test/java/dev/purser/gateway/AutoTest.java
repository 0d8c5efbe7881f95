package dev.purser.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.gateway.wire.WireJson;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** {@code auto}: the cheapest that can do it, within scope, mode and money. */
class AutoTest {
    private static final String TOOLS = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]";

    private final GatewayServer server = GatewayServer.shared();

    private String chosen(GatewayServer.Client client, String more) throws Exception {
        server.upstream.plays(exchange -> exchange.json(200, ScriptedUpstream.whole("Hi", "")));
        HttpResponse<String> response = client.chat(GatewayServer.body("auto", more));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return WireJson.parse(response.body()).path("model").asString();
    }

    @Test
    void picksTheCheapestRealModelBeforeABuiltInOne() throws Exception {
        assertThat(chosen(server.session().open(), "")).isEqualTo("local/gratis");
        assertThat(chosen(
                        server.session()
                                .models("local/priced", "local/dear", "second/priced")
                                .open(),
                        ""))
                .isEqualTo("second/priced");
        assertThat(chosen(
                        server.session()
                                .models("local/priced", "builtin/free-echo")
                                .open(),
                        ""))
                .isEqualTo("local/priced");
    }

    @Test
    void picksByWhatTheRequestNeeds() throws Exception {
        assertThat(chosen(server.session().open(), TOOLS)).isEqualTo("local/priced");
        assertThat(chosen(server.session().open(), ",\"response_format\":{\"type\":\"json_object\"}"))
                .isEqualTo("local/priced");
        assertThat(chosen(server.session().models("local/gratis", "local/dear").open(), TOOLS))
                .isEqualTo("local/dear");
    }

    @Test
    void fallsBackToAFreeModelWhenTheWalletCanPayForNoOther() throws Exception {
        var poor = server.session()
                .with("0")
                .models("local/priced", "builtin/free-echo")
                .open();
        assertThat(chosen(poor, "")).isEqualTo("builtin/free-echo");
    }

    @Test
    void isA402WhenNothingInScopeCanBePaid() throws Exception {
        var poor = server.session().with("0").models("local/priced").open();
        assertThat(poor.ask("auto").statusCode()).isEqualTo(402);
    }

    @Test
    void isFreeInTestMode() throws Exception {
        assertThat(chosen(server.session().test().with("0").open(), "")).isEqualTo("local/gratis");
        assertThat(chosen(server.session().test().with("0").open(), TOOLS)).startsWith("builtin/free-");
    }

    @Test
    void isA403WhenNothingInScopeCanDoIt() throws Exception {
        assertThat(server.session()
                        .models("local/gratis")
                        .open()
                        .chat(GatewayServer.body("auto", TOOLS))
                        .statusCode())
                .isEqualTo(403);
        assertThat(server.session()
                        .test()
                        .models("local/priced")
                        .open()
                        .ask("auto")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void mayBeTheScopeItself() throws Exception {
        var client = server.session().models("auto").open();
        assertThat(chosen(client, TOOLS)).isEqualTo("local/priced");
        assertThat(client.ask("local/priced").statusCode()).isEqualTo(403);
    }
}
