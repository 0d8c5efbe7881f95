package dev.purser.gateway.routing;

import dev.purser.domain.Mode;
import dev.purser.edge.Problem;
import dev.purser.gateway.catalogue.LiveCatalogue;
import dev.purser.gateway.catalogue.LiveCatalogue.Edition;
import dev.purser.gateway.catalogue.Offer;
import dev.purser.gateway.catalogue.Scope;
import dev.purser.gateway.settlement.OpenCall.Priced;
import dev.purser.projection.access.SessionAccess;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The gates that concern the model, in the contract's order: known, free in test mode, in scope. */
final class ModelChoice {
    private final LiveCatalogue live;

    ModelChoice(LiveCatalogue live) {
        this.live = live;
    }

    /**
     * The models that may be called, in the order in which to try for the money; of each model its providers with their
     * worst cases, in the order in which to ask them.
     *
     * @throws Problem 404, 403, 400
     */
    List<List<Priced>> choose(Demand demand, SessionAccess session) {
        Edition edition = live.current();
        Scope scope = new Scope(session.models(), edition.offers()::knowsProvider);
        List<List<Offer>> chosen = demand.model().equals(Scope.AUTO)
                ? auto(edition, demand, session, scope)
                : List.of(named(edition, demand, session, scope));
        return chosen.stream().map(offers -> price(edition, demand, offers)).toList();
    }

    private static List<Offer> named(Edition edition, Demand demand, SessionAccess session, Scope scope) {
        List<Offer> known = ofKind(edition, demand);
        List<Offer> inMode =
                known.stream().filter(offer -> isFor(session, offer)).toList();
        if (inMode.isEmpty()) {
            throw denied("Test sessions use free models only, and " + demand.model()
                    + " is priced. Ask for \"auto\" to get a free one.");
        }
        List<Offer> inScope = inMode.stream().filter(scope::allows).toList();
        if (inScope.isEmpty()) {
            throw denied("The session's scope does not include " + demand.model() + ".");
        }
        return withFallBacks(demand, inScope);
    }

    private static List<Offer> ofKind(Edition edition, Demand demand) {
        List<Offer> known = edition.offers().find(demand.model());
        if (known.isEmpty()) {
            throw new Problem(
                    404,
                    "model_not_found",
                    edition.offers().explain(demand.model()),
                    List.of(new Problem.Detail("model", "is not offered")),
                    Map.of());
        }
        List<Offer> ofKind =
                known.stream().filter(offer -> offer.kind() == demand.kind()).toList();
        if (ofKind.isEmpty()) {
            throw Problem.invalid(
                    "model",
                    "must be one for this route: " + demand.model() + " is asked by "
                            + known.getFirst().kind().route());
        }
        return ofKind;
    }

    /**
     * The cheapest that can do it; real models before the built-in ones, which can only talk about themselves. A free one
     * comes last, for a wallet that can pay for no other.
     */
    private static List<List<Offer>> auto(Edition edition, Demand demand, SessionAccess session, Scope scope) {
        List<Offer> ranked = edition.offers().offered().stream()
                .filter(offer -> offer.kind() == demand.kind())
                .filter(can(demand))
                .filter(offer -> isFor(session, offer))
                .filter(scope::allowsByAuto)
                .filter(offer -> isPriced(demand, offer))
                .sorted(Comparator.comparing(Offer::builtin)
                        .thenComparing(offer -> demand.roughly(offer).amount()))
                .toList();
        if (ranked.isEmpty()) {
            throw denied("No model within the session's scope can do what this request asks for"
                    + (session.mode() == Mode.TEST ? " free of charge, as test sessions need." : "."));
        }
        return Stream.concat(
                        Stream.of(ranked.getFirst()),
                        ranked.stream().filter(Offer::free).limit(1))
                .distinct()
                .map(first -> sameModel(first, ranked))
                .toList();
    }

    private static List<Offer> sameModel(Offer first, List<Offer> ranked) {
        return Stream.concat(
                        Stream.of(first),
                        ranked.stream()
                                .filter(offer ->
                                        !offer.equals(first) && offer.model().equals(first.model())))
                .toList();
    }

    /** Whoever asks for a model by name gets it; another provider of it only where it can do as much. */
    private static List<Offer> withFallBacks(Demand demand, List<Offer> offers) {
        return Stream.concat(
                        Stream.of(offers.getFirst()), offers.stream().skip(1).filter(can(demand)))
                .toList();
    }

    private static List<Priced> price(Edition edition, Demand demand, List<Offer> offers) {
        List<Priced> priced = new ArrayList<>();
        Problem unpriced = null;
        for (Offer offer : offers) {
            try {
                priced.add(new Priced(
                        offer, demand.worstCase(offer), edition.catalogue().version()));
            } catch (Problem e) {
                unpriced = unpriced == null ? e : unpriced;
            }
        }
        if (priced.isEmpty() && unpriced != null) {
            throw unpriced;
        }
        return priced;
    }

    private static boolean isPriced(Demand demand, Offer offer) {
        try {
            demand.roughly(offer);
            return true;
        } catch (Problem e) {
            return false;
        }
    }

    private static Predicate<Offer> can(Demand demand) {
        return offer -> offer.abilities().containsAll(demand.needs()) && demand.fits(offer);
    }

    private static boolean isFor(SessionAccess session, Offer offer) {
        return session.mode() == Mode.LIVE || offer.free();
    }

    private static Problem denied(String message) {
        return new Problem(403, "permission_denied", message);
    }
}
