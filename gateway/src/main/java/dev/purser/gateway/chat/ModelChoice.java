package dev.purser.gateway.chat;

import dev.purser.domain.Mode;
import dev.purser.edge.Problem;
import dev.purser.gateway.catalogue.Catalogue;
import dev.purser.gateway.catalogue.Offer;
import dev.purser.gateway.catalogue.Offers;
import dev.purser.gateway.catalogue.Scope;
import dev.purser.gateway.metering.InputBound;
import dev.purser.gateway.metering.WorstCase;
import dev.purser.gateway.settlement.OpenCall.Priced;
import dev.purser.projection.access.SessionAccess;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The gates that concern the model, in the contract's order: known, free in test mode, in scope. */
final class ModelChoice {
    /** For the choice by needs alone, never for money. */
    private static final long USUAL_BYTES_PER_TOKEN = 4;

    private final Offers offers;
    private final Catalogue catalogue;

    ModelChoice(Offers offers, Catalogue catalogue) {
        this.offers = offers;
        this.catalogue = catalogue;
    }

    /**
     * What may be called, with its worst case, in the order in which to try for the money.
     *
     * @throws Problem 404, 403
     */
    List<Priced> choose(ChatRequest request, SessionAccess session) {
        Scope scope = new Scope(session.models(), offers::knowsProvider);
        return request.model().equals(Scope.AUTO) ? auto(request, session, scope) : named(request, session, scope);
    }

    private List<Priced> named(ChatRequest request, SessionAccess session, Scope scope) {
        List<Offer> known = offers.find(request.model());
        if (known.isEmpty()) {
            throw new Problem(
                    404,
                    "model_not_found",
                    offers.explain(request.model()),
                    List.of(new Problem.Detail("model", "is not offered")),
                    Map.of());
        }
        List<Offer> inMode =
                known.stream().filter(offer -> fits(session, offer)).toList();
        if (inMode.isEmpty()) {
            throw denied("Test sessions use free models only, and " + request.model()
                    + " is priced. Ask for \"auto\" to get a free one.");
        }
        Offer chosen = inMode.stream()
                .filter(scope::allows)
                .findFirst()
                .orElseThrow(() -> denied("The session's scope does not include " + request.model() + "."));
        return List.of(price(request, session, chosen));
    }

    /**
     * The cheapest that can do it; real models before the built-in ones, which can only talk about themselves. A free one
     * comes last, for a wallet that can pay for no other.
     */
    private List<Priced> auto(ChatRequest request, SessionAccess session, Scope scope) {
        long inputBytes = InputBound.bytes(request.body());
        List<Offer> ranked = offers.offered().stream()
                .filter(offer -> offer.abilities().containsAll(request.needs()))
                .filter(offer -> inputBytes / USUAL_BYTES_PER_TOKEN <= offer.contextWindow())
                .filter(offer -> fits(session, offer))
                .filter(scope::allowsByAuto)
                .sorted(Comparator.comparing(Offer::builtin)
                        .thenComparing(offer ->
                                worstCase(request, session, offer, inputBytes).amount()))
                .toList();
        if (ranked.isEmpty()) {
            throw denied("No model within the session's scope can do what this request asks for"
                    + (session.mode() == Mode.TEST ? " free of charge, as test sessions need." : "."));
        }
        return Stream.concat(
                        Stream.of(ranked.getFirst()),
                        ranked.stream().filter(Offer::free).limit(1))
                .distinct()
                .map(offer -> price(request, session, offer))
                .toList();
    }

    private Priced price(ChatRequest request, SessionAccess session, Offer offer) {
        WorstCase worstCase = worstCase(request, session, offer, InputBound.of(request.body(), offer));
        return new Priced(offer, worstCase, catalogue.version());
    }

    private static WorstCase worstCase(ChatRequest request, SessionAccess session, Offer offer, long input) {
        long output = ForwardedBody.maxTokens(request, offer, session.settings().defaultMaxTokens());
        return WorstCase.of(offer.tariff(), Math.min(input, offer.contextWindow()), output * request.choices());
    }

    private static boolean fits(SessionAccess session, Offer offer) {
        return session.mode() == Mode.LIVE || offer.free();
    }

    private static Problem denied(String message) {
        return new Problem(403, "permission_denied", message);
    }
}
