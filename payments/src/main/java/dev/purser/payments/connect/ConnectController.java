package dev.purser.payments.connect;

import dev.purser.domain.Mode;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.margin.MarginId;
import dev.purser.domain.organization.OrganizationCommand.LinkStripeAccount;
import dev.purser.edge.Caller;
import dev.purser.edge.Gate;
import dev.purser.edge.Gate.Kind;
import dev.purser.edge.idempotency.Answers;
import dev.purser.edge.idempotency.Commands;
import dev.purser.edge.idempotency.Idempotency;
import dev.purser.edge.json.Fields;
import dev.purser.edge.request.Call;
import dev.purser.payments.stripe.StripeApi;
import dev.purser.payments.stripe.StripeApi.AccountStatus;
import dev.purser.payments.stripe.StripeClients;
import dev.purser.payments.stripe.StripeFailure;
import dev.purser.projection.engine.Projections;
import dev.purser.projection.margin.MarginQueries;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** An organization's way to its margin: an account at Stripe, onboarded there. */
@RestController
public final class ConnectController {
    private static final AccountStatus NOT_BEGUN = new AccountStatus(false, false, false);
    private static final Duration FRESH_WITHIN = Duration.ofMillis(500);

    private final Idempotency idempotency;
    private final StripeClients stripes;
    private final Accounts accounts;
    private final MarginQueries margins;
    private final Projections projections;

    public ConnectController(
            Idempotency idempotency,
            StripeClients stripes,
            Accounts accounts,
            MarginQueries margins,
            Projections projections) {
        this.idempotency = idempotency;
        this.stripes = stripes;
        this.accounts = accounts;
        this.margins = margins;
        this.projections = projections;
    }

    @PostMapping("/v1/connect/onboard")
    @Gate(Kind.BACKEND)
    ResponseEntity<byte[]> onboard(Caller.Backend caller, Call call) {
        return idempotency.answerRepeatable(call, commands -> {
            OrganizationId organizationId = LiveKeys.require(caller);
            Fields fields = call.fields();
            String refreshUrl = ReturnAddress.in(fields, "refreshUrl");
            String returnUrl = ReturnAddress.in(fields, "returnUrl");
            fields.verify();
            StripeApi stripe = stripes.require(Mode.LIVE);
            try {
                String accountId = account(stripe, organizationId, commands);
                String url = stripe.onboardingLink(accountId, refreshUrl, returnUrl);
                // Whoever has the address may enter the organization's bank account: it is kept as a secret.
                return commands.answerSecret(
                        200, new LinkStripeAccount(organizationId, accountId), _ -> onboarding(accountId, url));
            } catch (StripeFailure failure) {
                throw failure.asProblem();
            }
        });
    }

    @GetMapping("/v1/connect/status")
    @Gate(Kind.BACKEND)
    ResponseEntity<byte[]> status(Caller.Backend caller, HttpServletResponse response) {
        OrganizationId organizationId = LiveKeys.require(caller);
        String accountId = accounts.of(organizationId).orElse(null);
        AccountStatus status = accountId == null ? NOT_BEGUN : asked(accountId);
        if (!projections.awaitStreams(List.of(new MarginId(organizationId, Mode.LIVE).streamId()), FRESH_WITHIN)) {
            response.setHeader("X-Ledger-Stale", "true");
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("accountId", accountId);
        json.put("onboarded", status.detailsSubmitted());
        json.put("payoutsEnabled", status.payoutsEnabled());
        json.put(
                "marginBalance",
                margins.account(organizationId, Mode.LIVE).balance().toString());
        return Answers.json(200, json);
    }

    private String account(StripeApi stripe, OrganizationId organizationId, Commands commands) {
        String known = accounts.of(organizationId).orElse(null);
        if (known != null) {
            return known;
        }
        String made = stripe.createAccount(organizationId);
        String linked =
                commands.send(new LinkStripeAccount(organizationId, made)).stripeAccountId();
        return linked == null ? made : linked;
    }

    private AccountStatus asked(String accountId) {
        try {
            return stripes.require(Mode.LIVE).account(accountId);
        } catch (StripeFailure failure) {
            throw failure.asProblem();
        }
    }

    private static Map<String, @Nullable Object> onboarding(String accountId, String url) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("accountId", accountId);
        json.put("url", url);
        return json;
    }
}
