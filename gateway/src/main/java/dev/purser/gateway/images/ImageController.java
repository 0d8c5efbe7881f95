package dev.purser.gateway.images;

import dev.purser.domain.pricing.Usage;
import dev.purser.domain.wallet.UsageSource;
import dev.purser.edge.Caller;
import dev.purser.edge.Gate;
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
import java.time.Clock;
import java.util.Optional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /v1/images/generations}. */
@RestController
@Gate(Gate.Kind.BROWSER)
public final class ImageController {
    private final Intake intake;
    private final MeteredCalls calls;
    private final Upstreams upstreams;
    private final Clock clock;

    public ImageController(Intake intake, MeteredCalls calls, Upstreams upstreams, Clock clock) {
        this.intake = intake;
        this.calls = calls;
        this.upstreams = upstreams;
        this.clock = clock;
    }

    @PostMapping("/v1/images/generations")
    public void generate(Caller.Browser caller, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        intake.take(caller, request, (body, client) -> answer(body, client, response));
    }

    private void answer(ObjectNode body, Client client, HttpServletResponse response) throws IOException {
        ImageRequest asked = ImageRequest.parse(body);
        calls.run(
                asked,
                client,
                (offer, call) -> upstreams
                        .of(offer)
                        .list(new UpstreamRequest(offer, asked.forwarded(offer), call.requestId(), call.control())),
                (answer, call) -> handOn(answer, asked, call, response));
    }

    /** Billed are the images that came, at most as many as were asked for. */
    private void handOn(ListAnswer answer, ImageRequest asked, OpenCall call, HttpServletResponse response)
            throws IOException {
        int billed = Math.min(answer.count(), asked.count());
        Usage usage = Usage.ofImages(billed, asked.kind(call.offer()));
        Optional<Bill> bill = call.capture(new Measured(usage, UsageSource.PROVIDER, null));
        ObjectNode rest = answer.rest();
        if (!rest.path("created").isIntegralNumber()) {
            rest.put("created", clock.instant().getEpochSecond());
        }
        BilledAnswer.write(answer.bytes(), bill, response);
    }
}
