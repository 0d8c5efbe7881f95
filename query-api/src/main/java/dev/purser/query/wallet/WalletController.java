package dev.purser.query.wallet;

import dev.purser.domain.WalletId;
import dev.purser.edge.Caller;
import dev.purser.edge.Gate;
import dev.purser.edge.Problem;
import dev.purser.edge.request.PathIds;
import dev.purser.eventstore.log.EventLog;
import dev.purser.projection.access.AccessDirectory;
import dev.purser.projection.access.PlatformAccess;
import dev.purser.projection.wallet.WalletBalance;
import dev.purser.projection.wallet.WalletQueries;
import dev.purser.query.page.Freshness;
import dev.purser.query.page.Parameters;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A wallet for its backend, now or as it was. */
@RestController
public final class WalletController {
    private final AccessDirectory directory;
    private final WalletQueries wallets;
    private final EventLog log;
    private final Freshness freshness;

    public WalletController(AccessDirectory directory, WalletQueries wallets, EventLog log, Freshness freshness) {
        this.directory = directory;
        this.wallets = wallets;
        this.log = log;
        this.freshness = freshness;
    }

    @Gate(Gate.Kind.BACKEND)
    @GetMapping("/v1/wallets/{id}")
    public Map<String, @Nullable Object> wallet(
            Caller.Backend caller,
            HttpServletResponse response,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String at) {
        PlatformAccess access = caller.access();
        WalletId walletId = PathIds.wallet(id);
        if (directory.wallet(access.projectId(), access.mode(), walletId).isEmpty()) {
            throw Problem.notFound("wallet");
        }
        if (at == null) {
            freshness.awaitStreams(response, walletId.value());
            return WalletJson.wallet(wallets.balance(walletId).orElseThrow(() -> Freshness.notProjectedYet("wallet")));
        }
        long position = log.positionAt(Parameters.endOfMillisecond(Parameters.time("at", at)));
        boolean fresh = freshness.awaitStreams(response, walletId.value());
        WalletBalance then = wallets.balanceAt(walletId, position)
                .orElseThrow(
                        () -> fresh ? Problem.notFound("wallet at that time") : Freshness.notProjectedYet("wallet"));
        return WalletJson.wallet(then);
    }
}
