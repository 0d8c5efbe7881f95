package dev.purser.gateway.chat;

import dev.purser.gateway.metering.Measured;
import dev.purser.gateway.metering.UsageMeter;
import dev.purser.gateway.settlement.Bill;
import dev.purser.gateway.settlement.OpenCall;
import dev.purser.gateway.upstream.Upstream;
import dev.purser.gateway.upstream.UpstreamFailure;
import dev.purser.gateway.upstream.UpstreamRequest;
import dev.purser.gateway.wire.WireJson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** An answer in one piece: asked for, billed, handed on. */
final class WholeRelay {
    private static final String USAGE = "usage";

    private final Upstream upstream;
    private final Clock clock;

    WholeRelay(Upstream upstream, Clock clock) {
        this.upstream = upstream;
        this.clock = clock;
    }

    /** @throws UpstreamFailure when there is no answer; then nothing is billed */
    void run(UpstreamRequest request, ChatRequest asked, OpenCall call, HttpServletResponse response)
            throws UpstreamFailure, IOException {
        ObjectNode answer;
        try {
            answer = upstream.complete(request);
        } catch (UpstreamFailure | RuntimeException e) {
            call.release();
            throw e;
        }
        UsageMeter meter = new UsageMeter(call.offer(), call.worstCase(), asked.choices());
        meter.observe(answer);
        Measured measured = meter.measured(false);
        Optional<Bill> bill = call.capture(measured);
        Identity.of(answer, call.requestId(), clock.instant().getEpochSecond())
                .complete(answer, "chat.completion", call.offer().name());
        ObjectNode reported = answer.path(USAGE) instanceof ObjectNode own ? own : null;
        answer.set(USAGE, UsageShown.of(measured.usage(), meter.believed(), reported));
        byte[] body = WireJson.bytes(answer);
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.setHeader("Cache-Control", "no-store");
        bill.ifPresent(
                known -> response.setHeader("X-LLMGateway-Cost", known.charged().toString()));
        response.getOutputStream().write(body);
        response.flushBuffer();
    }
}
