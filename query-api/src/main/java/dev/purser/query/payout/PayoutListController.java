package dev.purser.query.payout;

import dev.purser.domain.Mode;
import dev.purser.domain.OrganizationId;
import dev.purser.edge.Caller;
import dev.purser.edge.Gate;
import dev.purser.edge.Problem;
import dev.purser.edge.request.PositionCursor;
import dev.purser.edge.wire.Times;
import dev.purser.projection.payout.PayoutDetails;
import dev.purser.projection.payout.PayoutQueries;
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

/** The payouts of the caller's organization, newest first. */
@RestController
public final class PayoutListController {
    private final PayoutQueries payouts;
    private final PositionCursor cursors;
    private final Freshness freshness;

    public PayoutListController(PayoutQueries payouts, PositionCursor cursors, Freshness freshness) {
        this.payouts = payouts;
        this.cursors = cursors;
        this.freshness = freshness;
    }

    @Gate(Gate.Kind.BACKEND)
    @GetMapping("/v1/connect/payouts")
    public Map<String, @Nullable Object> payouts(
            Caller.Backend caller,
            HttpServletResponse response,
            @RequestParam(name = "limit", required = false) @Nullable String limitText,
            @RequestParam(name = "cursor", required = false) @Nullable String cursorText) {
        if (caller.access().mode() == Mode.TEST) {
            throw new Problem(403, "live_key_required", "Payouts take a live key: play money is never paid out");
        }
        OrganizationId organizationId = caller.access().organizationId();
        int limit = Parameters.limit(limitText);
        String scope = "payouts " + organizationId;
        long before = cursorText == null ? Long.MAX_VALUE : cursors.decode(scope, cursorText);
        freshness.awaitHead(response);
        return Pages.of(
                "payouts",
                payouts.page(organizationId, before, limit + 1),
                limit,
                PayoutListController::payout,
                last -> cursors.encode(scope, last.position()));
    }

    private static Map<String, @Nullable Object> payout(PayoutDetails payout) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("payoutId", payout.payoutId().value());
        json.put("status", payout.status().wireName());
        json.put("amount", payout.amount().toString());
        json.put("currency", "USD");
        json.put("accountId", payout.destination());
        json.put("automatic", payout.automatic());
        json.put("transferId", payout.transferId());
        json.put("failureReason", payout.failureReason());
        json.put("requestedAt", Times.iso(payout.requestedAt()));
        json.put("closedAt", Times.isoOrNull(payout.closedAt()));
        return json;
    }
}
