package dev.purser.payments.payout;

import dev.purser.domain.PayoutId;
import dev.purser.domain.Rejection.PayoutNotInFlight;
import dev.purser.domain.payout.PayoutCommand.ConfirmPayout;
import dev.purser.domain.payout.PayoutCommand.FailPayout;
import dev.purser.domain.payout.PayoutView;
import dev.purser.edge.Gate;
import dev.purser.edge.Gate.Kind;
import dev.purser.edge.idempotency.Idempotency;
import dev.purser.edge.json.Fields;
import dev.purser.edge.request.Call;
import dev.purser.edge.request.PathIds;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The operator says how a payout came out that Stripe leaves in doubt, having looked for its transfer there. */
@RestController
@Gate(Kind.OPERATOR)
public final class PayoutCareController {
    /** Keeps an operator's words apart from {@link FailPayout#REVERSED}, which undoes a payout that was paid. */
    private static final String SAID_BY = "operator: ";

    private static final int MAX_REASON = 400;
    private static final int MAX_ID = 255;
    private static final Pattern TRANSFER = Pattern.compile("tr_[0-9A-Za-z_]+");

    private final Idempotency idempotency;

    public PayoutCareController(Idempotency idempotency) {
        this.idempotency = idempotency;
    }

    @PostMapping("/v1/admin/payouts/{id}/confirm")
    ResponseEntity<byte[]> confirm(@PathVariable String id, Call call) {
        return idempotency.answer(call, commands -> {
            PayoutId payoutId = PathIds.payout(id);
            Fields fields = call.fields();
            String transferId = fields.text("transferId", 1, MAX_ID);
            if (!transferId.isEmpty() && !TRANSFER.matcher(transferId).matches()) {
                fields.refuse("transferId", "must be the id of a transfer at Stripe: tr_…");
            }
            fields.verify();
            ConfirmPayout confirm = new ConfirmPayout(payoutId, transferId);
            if (!transferId.equals(commands.send(confirm).transferId())) {
                throw new PayoutNotInFlight(payoutId).asException();
            }
            return commands.answer(200, confirm, PayoutCareController::json);
        });
    }

    @PostMapping("/v1/admin/payouts/{id}/fail")
    ResponseEntity<byte[]> fail(@PathVariable String id, Call call) {
        return idempotency.answer(call, commands -> {
            PayoutId payoutId = PathIds.payout(id);
            Fields fields = call.fields();
            String reason = fields.text("reason", 1, MAX_REASON);
            fields.verify();
            return commands.answer(200, new FailPayout(payoutId, SAID_BY + reason), PayoutCareController::json);
        });
    }

    private static Map<String, @Nullable Object> json(PayoutView payout) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("payoutId", payout.payoutId().value());
        json.put("organizationId", payout.organizationId().value());
        json.put("status", payout.status().wireName());
        json.put("amount", payout.amount().toString());
        json.put("transferId", payout.transferId());
        json.put("marginBalance", payout.marginBalance().toString());
        return json;
    }
}
