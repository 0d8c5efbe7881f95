package dev.purser.query.topup;

import dev.purser.domain.WalletId;
import dev.purser.edge.Caller;
import dev.purser.edge.Gate;
import dev.purser.edge.Problem;
import dev.purser.edge.request.PathIds;
import dev.purser.edge.request.PositionCursor;
import dev.purser.edge.wire.Times;
import dev.purser.projection.access.AccessDirectory;
import dev.purser.projection.access.PlatformAccess;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A wallet's top-ups, page by page, newest first, for its backend and for its owner's browser. */
@RestController
public final class TopUpListController {
    private final AccessDirectory directory;
    private final TopUpQueries topUps;
    private final PositionCursor cursors;
    private final Freshness freshness;

    public TopUpListController(
            AccessDirectory directory, TopUpQueries topUps, PositionCursor cursors, Freshness freshness) {
        this.directory = directory;
        this.topUps = topUps;
        this.cursors = cursors;
        this.freshness = freshness;
    }

    @Gate(Gate.Kind.BACKEND)
    @GetMapping("/v1/wallets/{id}/topups")
    public Map<String, @Nullable Object> ofWallet(
            Caller.Backend caller,
            HttpServletResponse response,
            @PathVariable String id,
            @RequestParam(name = "limit", required = false) @Nullable String limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor) {
        PlatformAccess access = caller.access();
        WalletId walletId = PathIds.wallet(id);
        if (directory.wallet(access.projectId(), access.mode(), walletId).isEmpty()) {
            throw Problem.notFound("wallet");
        }
        return page(response, walletId, limit, cursor);
    }

    @Gate(Gate.Kind.BROWSER)
    @GetMapping("/v1/wallet/topups")
    public Map<String, @Nullable Object> own(
            Caller.Browser caller,
            HttpServletResponse response,
            @RequestParam(name = "limit", required = false) @Nullable String limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor) {
        return page(response, caller.access().walletId(), limit, cursor);
    }

    private Map<String, @Nullable Object> page(
            HttpServletResponse response, WalletId walletId, @Nullable String limitText, @Nullable String cursorText) {
        int limit = Parameters.limit(limitText);
        String scope = "topups " + walletId;
        long before = cursorText == null ? Long.MAX_VALUE : cursors.decode(scope, cursorText);
        freshness.awaitHead(response);
        return Pages.of(
                "topUps",
                topUps.ofWallet(walletId, before, limit + 1),
                limit,
                TopUpListController::topUp,
                last -> cursors.encode(scope, last.position()));
    }

    private static Map<String, @Nullable Object> topUp(TopUpDetails topUp) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", topUp.topUpId().value());
        json.put("status", topUp.status().wireName());
        json.put("amount", topUp.quote().amount().toString());
        json.put("platformFee", topUp.quote().platformFee().toString());
        json.put("totalAmount", topUp.quote().totalAmount().toString());
        json.put("credited", topUp.credited().toString());
        json.put("bonus", topUp.bonus().toString());
        json.put("refunded", topUp.refunded().toString());
        json.put("disputed", topUp.disputed().toString());
        json.put("createdAt", Times.iso(topUp.quotedAt()));
        json.put("settledAt", Times.isoOrNull(topUp.settledAt()));
        return json;
    }
}
