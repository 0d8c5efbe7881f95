package dev.purser.query.topup;

import dev.purser.edge.Gate;
import dev.purser.edge.Problem;
import dev.purser.edge.request.PositionCursor;
import dev.purser.edge.wire.Times;
import dev.purser.projection.topup.ParkedPayment;
import dev.purser.projection.topup.TopUpDetails;
import dev.purser.projection.topup.TopUpQueries;
import dev.purser.query.page.Freshness;
import dev.purser.query.page.Pages;
import dev.purser.query.page.Parameters;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Payments that match no quote, of all organizations, newest first: an operator has to look at them. */
@RestController
public final class ParkedPaymentController {
    private static final String PARKED = "parked";
    private static final String SCOPE = "topups parked";

    private final TopUpQueries topUps;
    private final PositionCursor cursors;
    private final Freshness freshness;

    public ParkedPaymentController(TopUpQueries topUps, PositionCursor cursors, Freshness freshness) {
        this.topUps = topUps;
        this.cursors = cursors;
        this.freshness = freshness;
    }

    @Gate(Gate.Kind.OPERATOR)
    @GetMapping("/v1/admin/topups")
    public Map<String, @Nullable Object> parked(
            HttpServletResponse response,
            @RequestParam(name = "status", required = false) @Nullable String status,
            @RequestParam(name = "limit", required = false) @Nullable String limitText,
            @RequestParam(name = "cursor", required = false) @Nullable String cursorText) {
        if (status != null && !status.equals(PARKED)) {
            throw Problem.invalid("status", "must be parked");
        }
        int limit = Parameters.limit(limitText);
        long before = cursorText == null ? Long.MAX_VALUE : cursors.decode(SCOPE, cursorText);
        freshness.awaitHead(response);
        return Pages.of(
                "topUps",
                topUps.parked(before, limit + 1),
                limit,
                ParkedPaymentController::payment,
                last -> cursors.encode(SCOPE, last.position()));
    }

    private static Map<String, @Nullable Object> payment(ParkedPayment payment) {
        TopUpDetails topUp = payment.topUp();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("topUpId", topUp.topUpId().value());
        json.put("status", topUp.status().wireName());
        json.put("organizationId", topUp.organizationId().value());
        json.put("projectId", topUp.projectId().value());
        json.put("walletId", topUp.walletId().value());
        json.put("mode", topUp.mode().wireName());
        json.put("totalAmount", topUp.quote().totalAmount().toString());
        json.put("quotedAt", Times.iso(topUp.quotedAt()));
        json.put("reason", payment.reason().wireName());
        json.put("paymentIntentId", payment.paymentIntentId());
        json.put("received", payment.received().toString());
        json.put("receivedCurrency", payment.currency());
        json.put("receivedMode", payment.mode().wireName());
        json.put("parkedAt", Times.iso(payment.parkedAt()));
        return json;
    }
}
