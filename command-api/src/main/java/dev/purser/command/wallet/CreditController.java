package dev.purser.command.wallet;

import dev.purser.command.secret.PersonalData;
import dev.purser.domain.CompositeCommand.GrantCredits;
import dev.purser.domain.Money;
import dev.purser.domain.Sealed;
import dev.purser.domain.project.ProjectCommand.RecordGrant;
import dev.purser.domain.wallet.CreditKind;
import dev.purser.domain.wallet.WalletCommand.CreditWallet;
import dev.purser.edge.Caller;
import dev.purser.edge.Gate;
import dev.purser.edge.Gate.Kind;
import dev.purser.edge.idempotency.Idempotency;
import dev.purser.edge.json.Fields;
import dev.purser.edge.request.Call;
import dev.purser.edge.wire.LedgerJson;
import dev.purser.projection.access.CustomerAccess;
import dev.purser.projection.access.PlatformAccess;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A backend grants credits, within its project's limit for the UTC day. */
@RestController
public final class CreditController {
    private static final int MAX_REASON = 500;

    private final Idempotency idempotency;
    private final WalletAccess wallets;
    private final PersonalData personalData;
    private final Clock clock;

    public CreditController(Idempotency idempotency, WalletAccess wallets, PersonalData personalData, Clock clock) {
        this.idempotency = idempotency;
        this.wallets = wallets;
        this.personalData = personalData;
        this.clock = clock;
    }

    @PostMapping("/v1/wallets/{id}/credit")
    @Gate(Kind.BACKEND)
    ResponseEntity<byte[]> credit(Caller.Backend caller, @PathVariable String id, Call call) {
        return idempotency.answer(call, commands -> {
            CustomerAccess wallet = wallets.require(caller, id);
            Fields fields = call.fields();
            Money amount = fields.amount("amount", Fields.MAX_AMOUNT);
            String reason = fields.optionalText("reason", 0, MAX_REASON);
            fields.verify();
            Sealed sealedReason = reason == null ? null : personalData.seal(wallet.customerId(), reason);
            PlatformAccess access = caller.access();
            RecordGrant grant = new RecordGrant(
                    access.projectId(), access.mode(), amount, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
            CreditWallet credit = new CreditWallet(wallet.walletId(), CreditKind.ADJUSTMENT, amount, sealedReason);
            return commands.answer(200, new GrantCredits(grant, credit), LedgerJson::wallet);
        });
    }
}
