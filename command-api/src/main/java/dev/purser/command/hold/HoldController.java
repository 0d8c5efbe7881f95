package dev.purser.command.hold;

import dev.purser.command.wallet.WalletAccess;
import dev.purser.domain.HoldId;
import dev.purser.domain.Money;
import dev.purser.domain.WalletId;
import dev.purser.domain.wallet.HoldOrigin;
import dev.purser.domain.wallet.WalletCommand.CaptureHold;
import dev.purser.domain.wallet.WalletCommand.HoldCredits;
import dev.purser.domain.wallet.WalletCommand.ReleaseHold;
import dev.purser.edge.Caller;
import dev.purser.edge.Gate;
import dev.purser.edge.Gate.Kind;
import dev.purser.edge.idempotency.Commands;
import dev.purser.edge.idempotency.Idempotency;
import dev.purser.edge.json.Fields;
import dev.purser.edge.request.Call;
import dev.purser.eventstore.secret.Ids;
import dev.purser.projection.access.AccessDirectory;
import dev.purser.projection.access.HoldAccess;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Two-phase spending by a backend; it sees the holds made here, never those of the gateway. */
@RestController
public final class HoldController {
    private static final long MAX_EXPIRY_SECONDS = 604_800;
    private static final long DEFAULT_EXPIRY_SECONDS = 900;
    private static final int CREATED = 201;

    private final Idempotency idempotency;
    private final WalletAccess wallets;
    private final OpenHolds holds;
    private final Clock clock;

    public HoldController(Idempotency idempotency, WalletAccess wallets, AccessDirectory directory, Clock clock) {
        this.idempotency = idempotency;
        this.wallets = wallets;
        this.holds = new OpenHolds(directory);
        this.clock = clock;
    }

    @PostMapping("/v1/wallets/{id}/holds")
    @Gate(Kind.BACKEND)
    ResponseEntity<byte[]> hold(Caller.Backend caller, @PathVariable String id, Call call) {
        return idempotency.answer(call, commands -> {
            WalletId walletId = wallets.require(caller, id).walletId();
            Fields fields = call.fields();
            Money amount = fields.amount("amount", Fields.MAX_AMOUNT);
            Long seconds = fields.optionalInteger("expiresInSeconds", 1, MAX_EXPIRY_SECONDS);
            fields.verify();
            Instant expiresAt = clock.instant().plusSeconds(seconds == null ? DEFAULT_EXPIRY_SECONDS : seconds);
            HoldId holdId = new HoldId(Ids.next("hld"));
            HoldCredits hold =
                    new HoldCredits(walletId, holdId, amount, HoldOrigin.BACKEND, null, null, null, expiresAt);
            return commands.answer(CREATED, hold, view -> HoldJson.open(holdId, amount, expiresAt, view));
        });
    }

    @PostMapping("/v1/holds/{id}/capture")
    @Gate(Kind.BACKEND)
    ResponseEntity<byte[]> capture(Caller.Backend caller, @PathVariable String id, Call call) {
        return idempotency.answer(call, commands -> {
            HoldAccess hold = holds.require(caller, id);
            Fields fields = call.fields();
            Money amount = fields.optionalAmount("amount", Fields.MAX_AMOUNT);
            fields.verify();
            return holds.explaining(caller, hold, () -> capture(hold, amount, commands));
        });
    }

    @PostMapping("/v1/holds/{id}/release")
    @Gate(Kind.BACKEND)
    ResponseEntity<byte[]> release(Caller.Backend caller, @PathVariable String id, Call call) {
        return idempotency.answer(call, commands -> {
            HoldAccess hold = holds.require(caller, id);
            call.fields().verify();
            ReleaseHold release = new ReleaseHold(hold.walletId(), hold.holdId(), HoldOrigin.BACKEND);
            return holds.explaining(
                    caller, hold, () -> commands.answer(200, release, view -> HoldJson.released(hold.holdId(), view)));
        });
    }

    private ResponseEntity<byte[]> capture(HoldAccess hold, @Nullable Money amount, Commands commands) {
        CaptureHold capture =
                new CaptureHold(hold.walletId(), hold.holdId(), HoldOrigin.BACKEND, amount, null, clock.instant());
        return commands.answer(200, capture, HoldJson::captured);
    }
}
