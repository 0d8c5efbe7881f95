package dev.purser.command.wallet;

import dev.purser.domain.WalletId;
import dev.purser.domain.wallet.FreezeReason;
import dev.purser.domain.wallet.WalletCommand;
import dev.purser.domain.wallet.WalletCommand.FreezeWallet;
import dev.purser.domain.wallet.WalletCommand.UnfreezeWallet;
import dev.purser.domain.wallet.WalletView;
import dev.purser.edge.Caller;
import dev.purser.edge.Gate;
import dev.purser.edge.Gate.Kind;
import dev.purser.edge.idempotency.Idempotency;
import dev.purser.edge.request.Call;
import dev.purser.edge.wire.LedgerJson;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A backend stops a wallet's spending and lets it go on; freezes by others stay until they lift them. */
@RestController
public final class FreezeController {
    private final Idempotency idempotency;
    private final WalletAccess wallets;

    public FreezeController(Idempotency idempotency, WalletAccess wallets) {
        this.idempotency = idempotency;
        this.wallets = wallets;
    }

    @PostMapping("/v1/wallets/{id}/freeze")
    @Gate(Kind.BACKEND)
    ResponseEntity<byte[]> freeze(Caller.Backend caller, @PathVariable String id, Call call) {
        return answer(caller, id, call, wallet -> new FreezeWallet(wallet, FreezeReason.BACKEND));
    }

    @PostMapping("/v1/wallets/{id}/unfreeze")
    @Gate(Kind.BACKEND)
    ResponseEntity<byte[]> unfreeze(Caller.Backend caller, @PathVariable String id, Call call) {
        return answer(caller, id, call, wallet -> new UnfreezeWallet(wallet, FreezeReason.BACKEND));
    }

    private ResponseEntity<byte[]> answer(
            Caller.Backend caller, String id, Call call, Function<WalletId, WalletCommand<WalletView>> command) {
        return idempotency.answer(call, commands -> {
            WalletId walletId = wallets.require(caller, id).walletId();
            call.fields().verify();
            return commands.answer(200, command.apply(walletId), LedgerJson::wallet);
        });
    }
}
