package dev.purser.query.margin;

import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.margin.HoldBack;
import dev.purser.edge.Caller;
import dev.purser.edge.Gate;
import dev.purser.edge.request.PositionCursor;
import dev.purser.edge.wire.Times;
import dev.purser.projection.margin.MarginAccount;
import dev.purser.projection.margin.MarginEntry;
import dev.purser.projection.margin.MarginQueries;
import dev.purser.query.page.Freshness;
import dev.purser.query.page.Pages;
import dev.purser.query.page.Parameters;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The live margin of the caller's organization: one account for all its projects. What play money would have earned is never
 * shown as margin.
 */
@RestController
public final class MarginController {
    private final MarginQueries margins;
    private final HoldBack holdBack;
    private final PositionCursor cursors;
    private final Freshness freshness;
    private final Clock clock;

    public MarginController(
            MarginQueries margins, HoldBack holdBack, PositionCursor cursors, Freshness freshness, Clock clock) {
        this.margins = margins;
        this.holdBack = holdBack;
        this.cursors = cursors;
        this.freshness = freshness;
        this.clock = clock;
    }

    @Gate(Gate.Kind.BACKEND)
    @GetMapping("/v1/margin")
    public Map<String, @Nullable Object> margin(
            Caller.Backend caller,
            HttpServletResponse response,
            @RequestParam(name = "limit", required = false) @Nullable String limitText,
            @RequestParam(name = "cursor", required = false) @Nullable String cursorText) {
        OrganizationId organizationId = caller.access().organizationId();
        Mode mode = caller.access().mode();
        int limit = Parameters.limit(limitText);
        String scope = "margin " + organizationId + " " + mode.wireName();
        long before = cursorText == null ? Long.MAX_VALUE : cursors.decode(scope, cursorText);
        freshness.awaitHead(response);
        if (mode == Mode.TEST) {
            return json(MarginAccount.EMPTY, Money.ZERO, Pages.empty("entries"));
        }
        MarginAccount account = margins.account(organizationId, mode);
        Money heldBack = margins.heldBack(organizationId, mode, holdBack, clock.instant());
        List<MarginEntry> found = margins.entries(organizationId, mode, before, limit + 1);
        return json(
                account,
                heldBack,
                Pages.of(
                        "entries",
                        found,
                        limit,
                        MarginController::entry,
                        last -> cursors.encode(scope, last.position())));
    }

    private static Map<String, @Nullable Object> json(
            MarginAccount account, Money heldBack, Map<String, @Nullable Object> page) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("marginBalance", account.balance().toString());
        json.put("payable", account.balance().minus(heldBack).max(Money.ZERO).toString());
        json.put("heldBack", heldBack.toString());
        json.put("accrued", account.accrued().toString());
        json.put("clawedBack", account.clawedBack().toString());
        json.put("inFlight", account.inFlight().toString());
        json.put("paidOut", account.paidOut().toString());
        json.put("currency", "USD");
        json.putAll(page);
        return json;
    }

    private static Map<String, @Nullable Object> entry(MarginEntry entry) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", entry.id());
        json.put("type", entry.type().wireName());
        json.put("amount", entry.amount().toString());
        json.put("balanceAfter", entry.balanceAfter().toString());
        json.put("topUpId", entry.topUpId() == null ? null : entry.topUpId().value());
        json.put("payoutId", entry.payoutId() == null ? null : entry.payoutId().value());
        json.put("createdAt", Times.iso(entry.createdAt()));
        return json;
    }
}
