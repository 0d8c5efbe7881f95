package dev.purser.gateway.models;

import dev.purser.domain.Mode;
import dev.purser.edge.Caller;
import dev.purser.edge.Gate;
import dev.purser.edge.Problem;
import dev.purser.edge.json.Json;
import dev.purser.gateway.catalogue.LiveCatalogue;
import dev.purser.gateway.catalogue.ModelKind;
import dev.purser.gateway.catalogue.Offer;
import dev.purser.gateway.catalogue.Offers;
import dev.purser.gateway.catalogue.Scope;
import dev.purser.gateway.models.ModelView.ModelList;
import dev.purser.projection.access.SessionAccess;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v1/models} and {@code GET /v1/models/{id}}: what this session may call. */
@RestController
@Gate(Gate.Kind.BROWSER)
public final class ModelsController {
    private final LiveCatalogue live;
    private final long created;

    public ModelsController(LiveCatalogue live, Clock clock) {
        this.live = live;
        this.created = clock.instant().getEpochSecond();
    }

    @GetMapping("/v1/models")
    public void list(Caller.Browser caller, HttpServletResponse response) throws IOException {
        Offers offers = live.current().offers();
        List<ModelView> views = Stream.concat(
                        auto(offers, caller.access()).stream(),
                        visible(offers, caller.access(), offers.offered().stream())
                                .map(offer -> ModelView.of(offer, created)))
                .toList();
        write(new ModelList("list", views), response);
    }

    /** Names of models may contain slashes, as they are or encoded. */
    @GetMapping("/v1/models/{*id}")
    public void retrieve(@PathVariable String id, Caller.Browser caller, HttpServletResponse response)
            throws IOException {
        String name = id.substring(1);
        Offers offers = live.current().offers();
        Optional<ModelView> view = name.equals(Scope.AUTO)
                ? auto(offers, caller.access())
                : visible(offers, caller.access(), offers.find(name).stream())
                        .findFirst()
                        .map(offer -> ModelView.of(offer, created));
        write(
                view.orElseThrow(() -> new Problem(
                        404,
                        "model_not_found",
                        offers.find(name).isEmpty()
                                ? offers.explain(name)
                                : "The session may not use this model. GET /v1/models lists those it may use.",
                        List.of(new Problem.Detail("model", "is not offered")),
                        Map.of())),
                response);
    }

    private static Stream<Offer> visible(Offers offers, SessionAccess session, Stream<Offer> from) {
        Scope scope = new Scope(session.models(), offers::knowsProvider);
        return from.filter(scope::allows).filter(offer -> isFor(session, offer));
    }

    /** Listed where it would find a model to chat with. */
    private Optional<ModelView> auto(Offers offers, SessionAccess session) {
        Scope scope = new Scope(session.models(), offers::knowsProvider);
        List<Offer> choice = offers.offered().stream()
                .filter(offer -> offer.kind() == ModelKind.CHAT)
                .filter(scope::allowsByAuto)
                .filter(offer -> isFor(session, offer))
                .toList();
        return choice.isEmpty() ? Optional.empty() : Optional.of(ModelView.auto(choice, created));
    }

    private static boolean isFor(SessionAccess session, Offer offer) {
        return session.mode() == Mode.LIVE || offer.free();
    }

    private static void write(Object view, HttpServletResponse response) throws IOException {
        byte[] body = Json.bytes(view);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
