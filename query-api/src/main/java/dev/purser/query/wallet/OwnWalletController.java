package dev.purser.query.wallet;

import dev.purser.domain.WalletId;
import dev.purser.edge.Caller;
import dev.purser.edge.Gate;
import dev.purser.projection.entry.EntryQueries;
import dev.purser.projection.wallet.WalletBalance;
import dev.purser.projection.wallet.WalletQueries;
import dev.purser.query.page.Freshness;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The wallet of the end-user whose browser asks. */
@RestController
public final class OwnWalletController {
    private static final int RECENT_ENTRIES = 10;

    private final WalletQueries wallets;
    private final EntryQueries entries;
    private final Freshness freshness;

    public OwnWalletController(WalletQueries wallets, EntryQueries entries, Freshness freshness) {
        this.wallets = wallets;
        this.entries = entries;
        this.freshness = freshness;
    }

    @Gate(Gate.Kind.BROWSER)
    @GetMapping("/v1/wallet/balance")
    public Map<String, @Nullable Object> balance(Caller.Browser caller, HttpServletResponse response) {
        WalletId walletId = caller.access().walletId();
        freshness.awaitStreams(response, walletId.value());
        WalletBalance wallet = wallets.balance(walletId).orElseThrow(() -> Freshness.notProjectedYet("wallet"));
        return WalletJson.own(wallet, entries.newest(walletId, RECENT_ENTRIES), wallets.lifetimeSpend(walletId));
    }
}
