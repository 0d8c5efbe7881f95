package dev.purser.sandbox.connect;

import dev.purser.sandbox.api.Call;
import dev.purser.sandbox.api.Params;
import dev.purser.sandbox.api.Routes;
import dev.purser.sandbox.api.StripeError;
import dev.purser.sandbox.json.Json;
import dev.purser.sandbox.store.Ids;
import dev.purser.sandbox.store.Kind;
import dev.purser.sandbox.store.Stored;
import dev.purser.sandbox.store.Work;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Links to the page on which the holder of an account completes its onboarding: good once, and for five minutes. */
public final class AccountLinks {
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final String SECRET = "secret";
    private static final String USED = "used";

    private AccountLinks() {}

    /** What a link leads to. */
    public record Target(ObjectNode link, String account, String returnUrl, String refreshUrl, boolean usable) {}

    static void addTo(Routes routes) {
        routes.post("/v1/account_links", AccountLinks::create);
    }

    private static ObjectNode create(Call call) {
        Params params = call.params();
        ObjectNode account = call.named(Kind.ACCOUNT, "account");
        params.choice("type", List.of("account_onboarding", "account_update"));
        if (params.has("collect")) {
            params.choice("collect", List.of("currently_due", "eventually_due"));
        }
        if (params.has("collection_options")) {
            params.map("collection_options").anything();
        }
        ObjectNode link = call.work().create(Kind.ACCOUNT_LINK);
        String id = Kind.ACCOUNT_LINK.newId();
        String secret = Ids.secret();
        link.put("id", id)
                .put("expires_at", call.now().plus(LIFETIME).getEpochSecond())
                .put("url", call.base() + "/sandbox/onboarding/" + id + "/" + secret);
        Json.child(link, Stored.PRIVATE)
                .put(SECRET, secret)
                .put("account", Json.text(account, "id"))
                .put("return_url", address(params, "return_url"))
                .put("refresh_url", address(params, "refresh_url"));
        call.work().put(link);
        return Work.view(link);
    }

    private static String address(Params params, String name) {
        String text = params.requiredText(name);
        try {
            URI address = new URI(text);
            if (address.getHost() != null && List.of("http", "https").contains(address.getScheme())) {
                return text;
            }
        } catch (URISyntaxException e) {
            // The same as an address without a host.
        }
        throw StripeError.invalid("url_invalid", name, "Not a valid URL");
    }

    /** The link of this page, or null if there is none or the secret is another one. */
    public static @Nullable Target find(Call call, String id, String secret) {
        ObjectNode link = call.work().find(Kind.ACCOUNT_LINK, id);
        if (link == null) {
            return null;
        }
        ObjectNode kept = Json.child(link, Stored.PRIVATE);
        if (!secret.equals(Json.text(kept, SECRET))) {
            return null;
        }
        boolean expired = call.now().getEpochSecond() >= Json.number(link, "expires_at");
        return new Target(
                link,
                Json.required(kept, "account"),
                Json.required(kept, "return_url"),
                Json.required(kept, "refresh_url"),
                !expired && !Json.flag(kept, USED));
    }

    /** The holder is done with the page, with or without completing it. */
    public static void leave(Call call, Target target, boolean completed) {
        Json.child(target.link(), Stored.PRIVATE).put(USED, true);
        call.work().put(target.link());
        if (completed) {
            Accounts.complete(call, call.referred(Kind.ACCOUNT, target.account()));
        }
    }
}
