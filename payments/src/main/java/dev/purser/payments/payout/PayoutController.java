package dev.purser.payments.payout;

import dev.purser.domain.OrganizationId;
import dev.purser.edge.Caller;
import dev.purser.edge.Gate;
import dev.purser.edge.Gate.Kind;
import dev.purser.edge.idempotency.Idempotency;
import dev.purser.edge.request.Call;
import dev.purser.payments.connect.LiveKeys;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** An organization has its margin paid out. */
@RestController
public final class PayoutController {
    private final Idempotency idempotency;
    private final Payouts payouts;

    public PayoutController(Idempotency idempotency, Payouts payouts) {
        this.idempotency = idempotency;
        this.payouts = payouts;
    }

    /** Arrives with a Content-Type and an empty body. */
    @PostMapping("/v1/connect/payouts")
    @Gate(Kind.BACKEND)
    ResponseEntity<byte[]> request(Caller.Backend caller, Call call) {
        return idempotency.answer(call, commands -> {
            OrganizationId organizationId = LiveKeys.require(caller);
            call.fields().verify();
            return payouts.request(organizationId, call, commands);
        });
    }
}
