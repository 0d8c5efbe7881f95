package dev.purser.sandbox.api;

import dev.purser.sandbox.store.Ids;
import dev.purser.sandbox.store.Origin;
import dev.purser.sandbox.store.SavedAnswer;
import dev.purser.sandbox.store.Store;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Carries out requests to {@code /v1}. With an idempotency key a request is carried out once: what it answered is kept
 * for 24 hours, unless it was refused before it did anything. Thread-safe.
 */
public final class Api {
    private static final Logger LOG = LoggerFactory.getLogger(Api.class);
    private static final int MAX_KEY = 255;

    private final Store store;
    private final Keys keys;
    private final Routes routes;
    private final String apiVersion;
    private final Set<String> inProgress = ConcurrentHashMap.newKeySet();

    public Api(Store store, Keys keys, Routes routes, String apiVersion) {
        this.store = store;
        this.keys = keys;
        this.routes = routes;
        this.apiVersion = apiVersion;
    }

    /**
     * Answers one request.
     *
     * @param beforehand runs while the idempotency key counts as in use, before anything is done
     */
    public Outgoing answer(Incoming request, Runnable beforehand) {
        String requestId = Ids.request();
        Outgoing answer;
        try {
            answer = answer(request, requestId, beforehand);
        } catch (StripeError refused) {
            answer = Outgoing.json(refused.status(), refused.body());
        } catch (RuntimeException bug) {
            LOG.error("{} {} failed ({})", request.method(), request.path(), requestId, bug);
            answer = Outgoing.json(
                    500,
                    StripeError.server(500, "The sandbox failed; its log says why.")
                            .body());
        }
        String version = request.header("Stripe-Version");
        return answer.with("Request-Id", requestId).with("Stripe-Version", version == null ? apiVersion : version);
    }

    private Outgoing answer(Incoming request, String requestId, Runnable beforehand) {
        Params params = new Params(Form.parse(request.encodedParams()), "");
        Caller caller = keys.authenticate(request.header("Authorization"), params.text("key"));
        Routes.Match match = routes.find(request.method(), request.path());
        if (!caller.secret() && !match.route().publishable()) {
            throw StripeError.withStatus(
                    401,
                    "secret_key_required",
                    "This API call cannot be made with a publishable API key. Please use a secret API key.");
        }
        String key = request.method().equals("POST") ? request.header("Idempotency-Key") : null;
        if (key == null) {
            beforehand.run();
            return run(request, caller, match, params, requestId, null);
        }
        if (key.isEmpty() || key.length() > MAX_KEY) {
            throw StripeError.invalid(null, null, "Idempotency keys have 1 to " + MAX_KEY + " characters.");
        }
        String claim = caller.mode() + key;
        if (!inProgress.add(claim)) {
            throw StripeError.withStatus(
                    409,
                    "idempotency_key_in_use",
                    "There is currently another in-progress request using this Idempotent Key (that probably means you"
                            + " submitted twice, and the other request is still going through): " + key
                            + ". Please try again later.");
        }
        try {
            beforehand.run();
            return run(request, caller, match, params, requestId, key).with("Idempotency-Key", key);
        } finally {
            inProgress.remove(claim);
        }
    }

    private Outgoing run(
            Incoming request,
            Caller caller,
            Routes.Match match,
            Params params,
            String requestId,
            @Nullable String key) {
        return store.run(caller.mode(), new Origin(requestId, key), work -> {
            SavedAnswer saved = key == null ? null : work.answer(key);
            if (saved != null) {
                return replay(saved, request, params);
            }
            Call call = new Call(caller, work, params, match.segments(), request.base());
            return attempt(call, match.route(), request, requestId, key);
        });
    }

    private static Outgoing attempt(
            Call call, Routes.Route route, Incoming request, String requestId, @Nullable String key) {
        Outgoing answer;
        try {
            List<String> expand = call.params().texts("expand");
            ObjectNode result = route.handler().handle(call);
            call.params().refuseUnknown();
            new Expansion(call.work()).expand(result, expand);
            answer = Outgoing.json(200, result);
        } catch (StripeError refused) {
            if (!refused.isExecuted()) {
                throw refused;
            }
            answer = Outgoing.json(refused.status(), refused.body());
        }
        if (key != null) {
            call.work()
                    .save(new SavedAnswer(
                            key,
                            request.path(),
                            fingerprint(call.params()),
                            call.now(),
                            answer.status(),
                            requestId,
                            answer.body()));
        }
        return answer;
    }

    private static Outgoing replay(SavedAnswer saved, Incoming request, Params params) {
        if (!saved.endpoint().equals(request.path())) {
            throw StripeError.idempotency(
                    "Keys for idempotent requests can only be used for the same endpoint they were first used for ('"
                            + request.path() + "' vs '" + saved.endpoint() + "'). Try using a key other than '"
                            + saved.key() + "' if you meant to execute a different request.");
        }
        if (!saved.fingerprint().equals(fingerprint(params))) {
            throw StripeError.idempotency(
                    "Keys for idempotent requests can only be used with the same parameters they were first used with."
                            + " Try using a key other than '" + saved.key()
                            + "' if you meant to execute a different request.");
        }
        return Outgoing.json(saved.status(), saved.body())
                .with("Idempotent-Replayed", "true")
                .with("Original-Request", saved.requestId());
    }

    private static String fingerprint(Params params) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(params.fingerprint().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Parameters and caller of a route of the sandbox's own, which a publishable key may never use. */
    public Control control(Incoming request) {
        Params params = new Params(Form.parse(request.encodedParams()), "");
        Caller caller = keys.authenticate(request.header("Authorization"), null);
        if (!caller.secret()) {
            throw StripeError.withStatus(401, "secret_key_required", "The sandbox's own routes need a secret API key.");
        }
        return new Control(caller, params);
    }

    /** A request to a route of the sandbox's own. */
    public record Control(Caller caller, Params params) {}
}
