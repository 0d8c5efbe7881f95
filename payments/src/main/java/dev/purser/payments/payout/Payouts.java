package dev.purser.payments.payout;

import dev.purser.domain.Mode;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.PayoutId;
import dev.purser.domain.margin.HoldBack;
import dev.purser.domain.payout.PayoutCommand.ConfirmPayout;
import dev.purser.domain.payout.PayoutCommand.FailPayout;
import dev.purser.domain.payout.PayoutCommand.RequestPayout;
import dev.purser.domain.payout.PayoutStatus;
import dev.purser.domain.payout.PayoutView;
import dev.purser.edge.Problem;
import dev.purser.edge.idempotency.Commands;
import dev.purser.edge.request.Call;
import dev.purser.payments.connect.Accounts;
import dev.purser.payments.payout.Transfers.Order;
import dev.purser.payments.payout.Transfers.Result;
import dev.purser.payments.stripe.CallIds;
import dev.purser.payments.stripe.StripeApi.AccountStatus;
import dev.purser.payments.stripe.StripeClients;
import dev.purser.payments.stripe.StripeFailure;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;

/**
 * Pays an organization's margin out: reserved first, then transferred, then confirmed or restored. Cut off anywhere, {@link
 * PayoutResolver} finishes it. Thread-safe.
 */
public final class Payouts {
    private static final Logger log = LoggerFactory.getLogger(Payouts.class);

    /** So many payouts under one idempotency key may fail before a new key is needed. */
    private static final int MAX_ATTEMPTS = 100;

    private final StripeClients stripes;
    private final Accounts accounts;
    private final Transfers transfers;
    private final HoldBack holdBack;
    private final Clock clock;

    public Payouts(StripeClients stripes, Accounts accounts, Transfers transfers, HoldBack holdBack, Clock clock) {
        this.stripes = stripes;
        this.accounts = accounts;
        this.transfers = transfers;
        this.holdBack = holdBack;
        this.clock = clock;
    }

    ResponseEntity<byte[]> request(OrganizationId organizationId, Call call, Commands commands) {
        String account = requireAccount(organizationId);
        PayoutView payout = reserve(organizationId, account, call, commands);
        if (payout.status() == PayoutStatus.PAID) {
            return commands.answer(200, new ConfirmPayout(payout.payoutId(), transferId(payout)), Payouts::json);
        }
        return switch (transfers.make(order(payout))) {
            case Result.Made(String transferId) ->
                commands.answer(200, new ConfirmPayout(payout.payoutId(), transferId), Payouts::json);
            case Result.Refused(StripeFailure why) -> {
                log.warn("payout {} failed: {}", payout.payoutId(), why.reason());
                commands.send(new FailPayout(payout.payoutId(), Transfers.reason(why)));
                throw new Problem(
                                502,
                                "payout_failed",
                                "The payment provider refuses the transfer, and the margin is back in its account: "
                                        + why.reason())
                        .naming("payoutId", payout.payoutId().value());
            }
            case Result.InDoubt(StripeFailure why) -> {
                log.warn("payout {} is in doubt: {}", payout.payoutId(), why.reason());
                throw new Problem(
                                504,
                                "payout_outcome_unknown",
                                "The payment provider has not said whether payout " + payout.payoutId()
                                        + " went through; it stays in flight until that is known")
                        .naming("payoutId", payout.payoutId().value());
            }
        };
    }

    /** The same request again goes on with the payout it made; one that came to nothing makes room for another. */
    private PayoutView reserve(OrganizationId organizationId, String account, Call call, Commands commands) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            PayoutView payout = commands.send(new RequestPayout(
                    new PayoutId(CallIds.of(call, "pyt", attempt)),
                    organizationId,
                    account,
                    holdBack,
                    false,
                    clock.instant()));
            if (payout.status() != PayoutStatus.FAILED) {
                return payout;
            }
        }
        throw new Problem(409, "idempotency_conflict", "Too many payouts under this Idempotency-Key have failed");
    }

    private String requireAccount(OrganizationId organizationId) {
        String account = accounts.of(organizationId).orElseThrow(() -> notOnboarded("has not begun"));
        AccountStatus status;
        try {
            status = stripes.require(Mode.LIVE).account(account);
        } catch (StripeFailure failure) {
            throw failure.asProblem();
        }
        if (!status.detailsSubmitted()) {
            throw notOnboarded("is not complete");
        }
        if (!status.canBePaid()) {
            throw notOnboarded("is complete, but the payment provider does not enable payouts to the account yet");
        }
        return account;
    }

    static Order order(PayoutView payout) {
        return new Order(payout.payoutId(), payout.destination(), payout.amount(), payout.requestedAt());
    }

    private static Problem notOnboarded(String how) {
        return new Problem(400, "not_onboarded", "The organization's onboarding " + how + ": POST /v1/connect/onboard");
    }

    private static String transferId(PayoutView paid) {
        String transferId = paid.transferId();
        if (transferId == null) {
            throw new IllegalStateException("payout " + paid.payoutId() + " is paid without a transfer");
        }
        return transferId;
    }

    private static Map<String, @Nullable Object> json(PayoutView payout) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("transferId", payout.transferId());
        json.put("amount", payout.amount().toString());
        json.put("marginBalance", payout.marginBalance().toString());
        json.put("payoutId", payout.payoutId().value());
        return json;
    }
}
