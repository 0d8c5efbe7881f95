package dev.purser.gateway.chat;

import dev.purser.edge.Caller;
import dev.purser.edge.Gate;
import dev.purser.gateway.catalogue.Offer;
import dev.purser.gateway.routing.Intake;
import dev.purser.gateway.routing.MeteredCalls;
import dev.purser.gateway.routing.MeteredCalls.Client;
import dev.purser.gateway.settlement.OpenCall;
import dev.purser.gateway.upstream.UpstreamRequest;
import dev.purser.gateway.upstream.Upstreams;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /v1/chat/completions}, streamed or not. */
@RestController
@Gate(Gate.Kind.BROWSER)
public final class ChatController {
    private final Intake intake;
    private final MeteredCalls calls;
    private final Upstreams upstreams;
    private final Clock clock;
    private final RelayTimes times;

    public ChatController(Intake intake, MeteredCalls calls, Upstreams upstreams, Clock clock, RelayTimes times) {
        this.intake = intake;
        this.calls = calls;
        this.upstreams = upstreams;
        this.clock = clock;
        this.times = times;
    }

    @PostMapping("/v1/chat/completions")
    public void complete(Caller.Browser caller, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        intake.take(caller, request, (body, client) -> answer(body, client, response));
    }

    private void answer(ObjectNode body, Client client, HttpServletResponse response) throws IOException {
        ChatRequest asked = ChatRequest.parse(body);
        ChatDemand demand = new ChatDemand(asked, client.session().settings().defaultMaxTokens());
        if (asked.stream()) {
            calls.run(
                    demand,
                    client,
                    (offer, call) -> BegunStream.open(
                            upstreams.of(offer), out(demand, offer, call), asked.choices(), times.firstFrame()),
                    (begun, call) -> new StreamRelay(
                                    clock,
                                    times,
                                    asked,
                                    client.session().settings().disconnectPolicy(),
                                    call)
                            .run(begun, response));
        } else {
            WholeRelay relay = new WholeRelay(clock);
            calls.run(
                    demand,
                    client,
                    (offer, call) -> upstreams.of(offer).complete(out(demand, offer, call)),
                    (answer, call) -> relay.run(answer, asked, call, response));
        }
    }

    private static UpstreamRequest out(ChatDemand demand, Offer offer, OpenCall call) {
        return new UpstreamRequest(offer, demand.forwarded(offer), call.requestId(), call.control());
    }
}
