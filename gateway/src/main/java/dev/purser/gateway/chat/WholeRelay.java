package dev.purser.gateway.chat;

import dev.purser.gateway.metering.Measured;
import dev.purser.gateway.metering.UsageMeter;
import dev.purser.gateway.routing.BilledAnswer;
import dev.purser.gateway.settlement.Bill;
import dev.purser.gateway.settlement.OpenCall;
import dev.purser.gateway.wire.WireJson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** An answer in one piece: billed, handed on. */
final class WholeRelay {
    private static final String USAGE = "usage";

    private final Clock clock;

    WholeRelay(Clock clock) {
        this.clock = clock;
    }

    void run(ObjectNode answer, ChatRequest asked, OpenCall call, HttpServletResponse response) throws IOException {
        UsageMeter meter = new UsageMeter(call.offer(), call.worstCase(), asked.choices());
        meter.observe(answer);
        Measured measured = meter.measured(false);
        Optional<Bill> bill = call.capture(measured);
        Identity.of(answer, call.requestId(), clock.instant().getEpochSecond())
                .complete(answer, "chat.completion", call.offer().name());
        ObjectNode reported = answer.path(USAGE) instanceof ObjectNode own ? own : null;
        answer.set(USAGE, UsageShown.of(measured.usage(), meter.believed(), reported));
        BilledAnswer.write(WireJson.bytes(answer), bill, response);
    }
}
