package dev.purser.query.request;

import dev.purser.domain.HoldId;
import dev.purser.domain.WalletId;
import dev.purser.edge.Caller;
import dev.purser.edge.Gate;
import dev.purser.edge.Problem;
import dev.purser.projection.access.PlatformAccess;
import dev.purser.projection.request.Receipt;
import dev.purser.projection.request.RequestQueries;
import dev.purser.query.page.Freshness;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The receipt of one metered call, for the wallet's owner and for the project's backend. */
@RestController
public final class RequestController {
    private final RequestQueries requests;
    private final Freshness freshness;

    public RequestController(RequestQueries requests, Freshness freshness) {
        this.requests = requests;
        this.freshness = freshness;
    }

    @Gate({Gate.Kind.BACKEND, Gate.Kind.BROWSER})
    @GetMapping("/v1/requests/{id}")
    public Map<String, @Nullable Object> receipt(Caller caller, HttpServletResponse response, @PathVariable String id) {
        Predicate<Receipt> mayRead = switch (caller) {
            case Caller.Backend(PlatformAccess access) ->
                receipt -> receipt.projectId().equals(access.projectId()) && receipt.mode() == access.mode();
            case Caller.Browser browser -> {
                WalletId own = browser.access().walletId();
                yield receipt -> receipt.walletId().equals(own);
            }
            case Caller.Operator _, Caller.Auditor _ -> _ -> false;
        };
        HoldId requestId = requestId(id);
        if (caller instanceof Caller.Browser browser) {
            freshness.awaitStreams(response, browser.access().walletId().value());
        } else {
            freshness.awaitHead(response);
        }
        return requests.receipt(requestId)
                .filter(mayRead)
                .map(ReceiptJson::receipt)
                .orElseThrow(() -> Problem.notFound("request"));
    }

    private static HoldId requestId(String id) {
        try {
            return new HoldId(id);
        } catch (IllegalArgumentException e) {
            throw Problem.notFound("request");
        }
    }
}
