package dev.purser.command.wallet;

import dev.purser.command.secret.PersonalData;
import dev.purser.domain.HoldId;
import dev.purser.domain.Sealed;
import dev.purser.domain.pricing.PriceBook;
import dev.purser.domain.wallet.Debited;
import dev.purser.domain.wallet.WalletCommand.DebitUsage;
import dev.purser.edge.Caller;
import dev.purser.edge.Gate;
import dev.purser.edge.Gate.Kind;
import dev.purser.edge.idempotency.Idempotency;
import dev.purser.edge.request.Call;
import dev.purser.edge.wire.LedgerJson;
import dev.purser.eventstore.secret.Ids;
import dev.purser.projection.access.CustomerAccess;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A backend that meters elsewhere debits what was used. */
@RestController
public final class DebitController {
    private final Idempotency idempotency;
    private final WalletAccess wallets;
    private final PersonalData personalData;
    private final PriceBook prices;

    public DebitController(Idempotency idempotency, WalletAccess wallets, PersonalData personalData, PriceBook prices) {
        this.idempotency = idempotency;
        this.wallets = wallets;
        this.personalData = personalData;
        this.prices = prices;
    }

    @PostMapping("/v1/wallets/{id}/debit")
    @Gate(Kind.BACKEND)
    ResponseEntity<byte[]> debit(Caller.Backend caller, @PathVariable String id, Call call) {
        return idempotency.answer(call, commands -> {
            CustomerAccess wallet = wallets.require(caller, id);
            DebitRequest request = DebitRequest.of(call.fields(), prices);
            DebitUsage debit = new DebitUsage(
                    wallet.walletId(),
                    new HoldId(Ids.next(HoldId.DEBIT_PREFIX)),
                    request.cost(),
                    request.metering(),
                    seal(wallet, request.description()),
                    seal(wallet, request.metadata()));
            return commands.answer(200, debit, DebitController::json);
        });
    }

    private @Nullable Sealed seal(CustomerAccess wallet, @Nullable String text) {
        return text == null ? null : personalData.seal(wallet.customerId(), text);
    }

    private static Map<String, @Nullable Object> json(Debited debited) {
        Map<String, @Nullable Object> json = LedgerJson.wallet(debited.wallet());
        json.put("debitId", debited.id().value());
        json.put("amount", debited.charged().toString());
        return json;
    }
}
