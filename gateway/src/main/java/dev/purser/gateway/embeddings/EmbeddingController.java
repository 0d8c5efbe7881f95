package dev.purser.gateway.embeddings;

import dev.purser.domain.wallet.UsageSource;
import dev.purser.edge.Caller;
import dev.purser.edge.Gate;
import dev.purser.gateway.metering.EmbeddingUsage;
import dev.purser.gateway.metering.Measured;
import dev.purser.gateway.routing.BilledAnswer;
import dev.purser.gateway.routing.Intake;
import dev.purser.gateway.routing.MeteredCalls;
import dev.purser.gateway.routing.MeteredCalls.Client;
import dev.purser.gateway.settlement.Bill;
import dev.purser.gateway.settlement.OpenCall;
import dev.purser.gateway.upstream.UpstreamRequest;
import dev.purser.gateway.upstream.Upstreams;
import dev.purser.gateway.wire.ListAnswer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /v1/embeddings}. */
@RestController
@Gate(Gate.Kind.BROWSER)
public final class EmbeddingController {
    private final Intake intake;
    private final MeteredCalls calls;
    private final Upstreams upstreams;

    public EmbeddingController(Intake intake, MeteredCalls calls, Upstreams upstreams) {
        this.intake = intake;
        this.calls = calls;
        this.upstreams = upstreams;
    }

    @PostMapping("/v1/embeddings")
    public void embed(Caller.Browser caller, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        intake.take(caller, request, (body, client) -> answer(body, client, response));
    }

    private void answer(ObjectNode body, Client client, HttpServletResponse response) throws IOException {
        EmbeddingRequest asked = EmbeddingRequest.parse(body);
        calls.run(
                asked,
                client,
                (offer, call) -> upstreams
                        .of(offer)
                        .list(new UpstreamRequest(offer, asked.forwarded(offer), call.requestId(), call.control())),
                (answer, call) -> handOn(answer, asked, call, response));
    }

    private static void handOn(ListAnswer answer, EmbeddingRequest asked, OpenCall call, HttpServletResponse response)
            throws IOException {
        Measured measured = EmbeddingUsage.of(
                answer.rest(), call.offer(), call.worstCase(), asked.texts().size());
        Optional<Bill> bill = call.capture(measured);
        ObjectNode rest = answer.rest();
        rest.put("object", "list").put("model", call.offer().name());
        if (measured.source() == UsageSource.ESTIMATED || !rest.path("usage").isObject()) {
            rest.set("usage", EmbeddingUsage.shown(measured.usage()));
        }
        BilledAnswer.write(answer.bytes(), bill, response);
    }
}
