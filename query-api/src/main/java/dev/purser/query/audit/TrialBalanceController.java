package dev.purser.query.audit;

import dev.purser.domain.Mode;
import dev.purser.domain.OrganizationId;
import dev.purser.edge.Caller;
import dev.purser.edge.Gate;
import dev.purser.eventstore.log.EventLog;
import dev.purser.projection.books.AccountBalance;
import dev.purser.projection.books.BookQueries;
import dev.purser.projection.books.TrialBalance;
import dev.purser.projection.books.TrialBalances;
import dev.purser.query.page.Freshness;
import dev.purser.query.page.Parameters;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The trial balance of an organization's books, now or as it was. */
@RestController
public final class TrialBalanceController {
    private final TrialBalances trialBalances;
    private final BookQueries books;
    private final EventLog log;
    private final Freshness freshness;

    public TrialBalanceController(TrialBalances trialBalances, BookQueries books, EventLog log, Freshness freshness) {
        this.trialBalances = trialBalances;
        this.books = books;
        this.log = log;
        this.freshness = freshness;
    }

    @Gate(Gate.Kind.AUDITOR)
    @GetMapping("/v1/audit/trial-balance")
    public Map<String, @Nullable Object> trialBalance(
            Caller.Auditor caller,
            HttpServletResponse response,
            @RequestParam(name = "at", required = false) @Nullable String atText,
            @RequestParam(name = "mode", required = false) @Nullable String modeText) {
        Mode mode = Parameters.mode(modeText);
        Instant at = atText == null ? null : Parameters.endOfMillisecond(Parameters.time("at", atText));
        OrganizationId organizationId = Auditors.organizationOf(caller);
        if (at == null) {
            freshness.awaitHead(response);
            return json(mode, trialBalances.now(organizationId, mode));
        }
        long position = log.positionAt(at);
        freshness.awaitHead(response);
        return json(mode, trialBalances.at(organizationId, mode, Math.min(position, books.reached())));
    }

    private static Map<String, @Nullable Object> json(Mode mode, TrialBalance balance) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("mode", mode.wireName());
        json.put("currency", "USD");
        json.put("position", balance.position());
        json.put(
                "accounts",
                balance.accounts().stream().map(TrialBalanceController::account).toList());
        json.put("total", balance.total().toString());
        return json;
    }

    private static Map<String, @Nullable Object> account(AccountBalance account) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("account", account.account().name());
        json.put("balance", account.balance().toString());
        return json;
    }
}
