package dev.purser.payments.topup;

import dev.purser.edge.Caller;
import dev.purser.edge.Gate;
import dev.purser.edge.Gate.Kind;
import dev.purser.edge.idempotency.Idempotency;
import dev.purser.edge.json.Fields;
import dev.purser.edge.request.Call;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** An end-user begins to pay; the browser completes it with Stripe, and Stripe tells us. */
@RestController
public final class TopUpController {
    private final Idempotency idempotency;
    private final TopUps topUps;
    private final TopUpLimits limits;

    public TopUpController(Idempotency idempotency, TopUps topUps, TopUpLimits limits) {
        this.idempotency = idempotency;
        this.topUps = topUps;
        this.limits = limits;
    }

    @PostMapping("/v1/wallet/top-up")
    @Gate(Kind.BROWSER)
    ResponseEntity<byte[]> topUp(Caller.Browser caller, Call call) {
        return idempotency.answerRepeatable(call, commands -> {
            Fields fields = call.fields();
            long dollars = fields.integer("amount", limits.minimumDollars(), limits.maximumDollars());
            fields.verify();
            return topUps.begin(caller.access(), Math.toIntExact(dollars), call, commands);
        });
    }
}
