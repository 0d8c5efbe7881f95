package dev.purser.sandbox.page;

import dev.purser.sandbox.api.Call;
import dev.purser.sandbox.api.Incoming;
import dev.purser.sandbox.api.Keys;
import dev.purser.sandbox.api.Outgoing;
import dev.purser.sandbox.api.Params;
import dev.purser.sandbox.connect.AccountLinks;
import dev.purser.sandbox.json.Json;
import dev.purser.sandbox.payment.Challenge;
import dev.purser.sandbox.payment.Currencies;
import dev.purser.sandbox.store.Kind;
import dev.purser.sandbox.store.Mode;
import dev.purser.sandbox.store.Origin;
import dev.purser.sandbox.store.Store;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The pages of a browser. Who knows the secret in an address may use it. Thread-safe. */
public final class Pages {
    private static final String ONBOARDING = "onboarding";
    private static final String CHALLENGE = "3ds";

    private final Store store;
    private final IndexPage index;

    public Pages(Store store) {
        this.store = store;
        this.index = new IndexPage(store);
    }

    /** The answer, or null if this is no page. */
    public @Nullable Outgoing answer(Incoming request) {
        if (request.path().equals("/")) {
            return Outgoing.html(200, index.render());
        }
        List<String> parts = List.of(request.path().substring(1).split("/", -1));
        if (parts.size() != 4 || !parts.getFirst().equals("sandbox")) {
            return null;
        }
        String id = parts.get(2);
        String secret = parts.get(3);
        return switch (parts.get(1)) {
            case ONBOARDING ->
                inTheModeOf(Kind.ACCOUNT_LINK, id, request, call -> onboarding(call, id, secret, request));
            case CHALLENGE ->
                inTheModeOf(Kind.PAYMENT_INTENT, id, request, call -> challenge(call, id, secret, request));
            default -> null;
        };
    }

    private interface Page {
        Outgoing answer(Call call);
    }

    private Outgoing inTheModeOf(Kind kind, String id, Incoming request, Page page) {
        Mode mode = store.read(Mode.LIVE, work -> work.find(kind, id)) == null ? Mode.TEST : Mode.LIVE;
        Params none = Params.none();
        return store.run(
                mode,
                Origin.SANDBOX,
                work -> page.answer(new Call(Keys.sandbox(mode), work, none, List.of(), request.base())));
    }

    private static Outgoing onboarding(Call call, String id, String secret, Incoming request) {
        AccountLinks.Target target = AccountLinks.find(call, id, secret);
        if (target == null) {
            return gone("There is no such link.");
        }
        if (!target.usable()) {
            return Outgoing.redirect(target.refreshUrl());
        }
        if (!request.method().equals("POST")) {
            return Outgoing.html(200, onboardingPage(target.account()));
        }
        AccountLinks.leave(call, target, request.body().equals("answer=complete"));
        return Outgoing.redirect(target.returnUrl());
    }

    private static String onboardingPage(String account) {
        return Html.page("Sandbox onboarding", """
            <h1>Set up payouts</h1>
            <p class="note">This is the built-in Stripe sandbox. No bank, no documents, no real money.</p>
            <p>At Stripe, the holder of the account <code>%s</code> would now enter a business, a bank account and
            a proof of identity. Here one button stands for all of it.</p>
            %s
            """.formatted(
                        Html.escape(account),
                        Html.buttons("complete", "Complete onboarding", "leave", "Leave without finishing")));
    }

    private static Outgoing challenge(Call call, String id, String secret, Incoming request) {
        ObjectNode intent = call.work().find(Kind.PAYMENT_INTENT, id);
        if (intent == null || !Challenge.isOpen(intent, secret)) {
            return gone("This challenge is over, or there never was one.");
        }
        if (!request.method().equals("POST")) {
            return Outgoing.html(200, challengePage(intent));
        }
        boolean succeeded = Challenge.answer(call, intent, request.body().equals("answer=complete"));
        String returnUrl = Challenge.returnUrl(intent);
        if (returnUrl == null) {
            return Outgoing.html(
                    200,
                    Html.page(
                            "3-D Secure",
                            "<h1>" + (succeeded ? "Paid" : "Not paid") + "</h1><p>You can close this page.</p>"));
        }
        return Outgoing.redirect(returnUrl + (returnUrl.contains("?") ? "&" : "?")
                + "payment_intent=" + encoded(id)
                + "&payment_intent_client_secret=" + encoded(Json.required(intent, "client_secret"))
                + "&redirect_status=" + (succeeded ? "succeeded" : "failed"));
    }

    private static String challengePage(ObjectNode intent) {
        String amount = Currencies.text(Json.number(intent, "amount"), Json.required(intent, "currency"));
        return Html.page(
                "3-D Secure", """
                    <h1>3-D Secure challenge</h1>
                    <p class="note">This is the built-in Stripe sandbox. The card is a test card, and so is the money.</p>
                    <p>The bank asks whether you want to pay <strong>%s</strong>.</p>
                    %s
                    """.formatted(Html.escape(amount), Html.buttons("complete", "Complete", "fail", "Fail")));
    }

    private static Outgoing gone(String text) {
        return Outgoing.html(404, Html.page("Not found", "<h1>Not found</h1><p>" + Html.escape(text) + "</p>"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
