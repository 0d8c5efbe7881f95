package dev.purser.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.Money;
import dev.purser.domain.pricing.Usage;
import dev.purser.domain.wallet.Metering;
import dev.purser.domain.wallet.WalletEvent.UsageDebited;
import dev.purser.gateway.wire.WireJson;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BuiltinModelsTest {
    private final GatewayServer server = GatewayServer.shared();

    @Test
    void freeModelsNeedNoMoneyAndLeaveOneHoldAndOneEntryOfZero() throws Exception {
        var client = server.session().with("0").open();

        HttpResponse<String> response = client.ask("builtin/free-echo");

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode answer = WireJson.parse(response.body());
        assertThat(answer.path("choices")
                        .path(0)
                        .path("message")
                        .path("content")
                        .asString())
                .isEqualTo("Say hello");
        assertThat(answer.path("usage").path("completion_tokens").asInt()).isEqualTo(2);
        assertThat(answer.path("usage").path("prompt_tokens").asInt()).isEqualTo(3);
        assertThat(response.headers().firstValue("X-LLMGateway-Cost")).contains("0");
        assertThat(server.ledger.events(client.wallet)).hasSize(3);
        assertThat(server.ledger.events(client.wallet, UsageDebited.class))
                .singleElement()
                .satisfies(debited -> {
                    assertThat(debited.cost()).isEqualTo(Money.ZERO);
                    assertThat(debited.metering()).extracting(Metering::usage).isEqualTo(Usage.ofTokens(3, 2));
                });
    }

    @Test
    void thePricedBuiltInModelStreamsWordByWordAndChargesExactly() throws Exception {
        var client = server.session().open();

        HttpResponse<String> response = client.stream("builtin/priced-echo");

        List<String> frames = ChatTest.frames(response);
        assertThat(frames.stream().filter(frame -> frame.contains("\"content\":\" hello\"")))
                .hasSize(1);
        assertThat(frames.getLast()).isEqualTo("[DONE]");
        // 3 × 2.5/M + 2 × 10/M
        assertThat(client.balance()).hasToString("4.9999725");
    }

    @Test
    void builtInModelsTalkFormatAndCallToolsAsAsked() throws Exception {
        var client = server.session().open();
        JsonNode chat = WireJson.parse(client.ask("builtin/free-chat").body());
        assertThat(chat.path("choices").path(0).path("message").path("content").asString())
                .contains("\"Say hello\"");
        JsonNode json = WireJson.parse(
                client.chat(GatewayServer.body("builtin/free-echo", ",\"response_format\":{\"type\":\"json_object\"}"))
                        .body());
        assertThat(json.path("choices").path(0).path("message").path("content").asString())
                .isEqualTo("{\"text\":\"Say hello\"}");
        JsonNode stopped = WireJson.parse(client.chat(GatewayServer.body("builtin/free-echo", ",\"stop\":[\"hel\"]"))
                .body());
        assertThat(stopped.path("choices")
                        .path(0)
                        .path("message")
                        .path("content")
                        .asString())
                .isEqualTo("Say ");
        JsonNode called = WireJson.parse(client.chat(
                        GatewayServer.body(
                                "builtin/free-echo",
                                ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\"}}],\"tool_choice\":\"required\""))
                .body());
        assertThat(called.path("choices").path(0).path("finish_reason").asString())
                .isEqualTo("tool_calls");
        assertThat(called.path("choices")
                        .path(0)
                        .path("message")
                        .path("tool_calls")
                        .path(0)
                        .path("function")
                        .path("name")
                        .asString())
                .isEqualTo("weather");
    }

    @Test
    void aBuiltInModelRefusesWhatDoesNotFitAndBillsNothing() throws Exception {
        var client = server.session().open();
        HttpResponse<String> response = client.chat("{\"model\":\"builtin/priced-echo\",\"max_tokens\":1,"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"" + "a ".repeat(200_001) + "\"}]}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(client.balance()).hasToString("5");
        assertThat(client.held()).isEqualTo(Money.ZERO);
    }

    @Test
    void builtInModelsKeepToTheLimitAndSayWhy() throws Exception {
        var client = server.session().open();

        HttpResponse<String> response =
                client.chat(GatewayServer.body("builtin/free-chat", ",\"max_tokens\":3,\"n\":2"));

        JsonNode answer = WireJson.parse(response.body());
        assertThat(answer.path("choices")).hasSize(2);
        assertThat(answer.path("choices").path(1).path("finish_reason").asString())
                .isEqualTo("length");
        assertThat(answer.path("usage").path("completion_tokens").asInt()).isEqualTo(6);
    }
}
