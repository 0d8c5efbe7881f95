package dev.purser.gateway.models;

import dev.purser.domain.Mode;
import dev.purser.edge.Caller;
import dev.purser.edge.Gate;
import dev.purser.edge.Problem;
import dev.purser.edge.json.Json;
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
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v1/models} and {@code GET /v1/models/{id}}: what this session may call. */
@RestController
@Gate(Gate.Kind.BROWSER)
public final class ModelsController {
    private final Offers offers;
    private final long created;

    public ModelsController(Offers offers, Clock clock) {
        this.offers = offers;
        this.created = clock.instant().getEpochSecond();
    }

    @GetMapping("/v1/models")
    public void list(Caller.Browser caller, HttpServletResponse response) throws IOException {
        List<ModelView> views = visible(caller.access(), offers.offered().stream())
                .map(offer -> ModelView.of(offer, created))
                .toList();
        write(new ModelList("list", views), response);
    }

    /** Names of models may contain slashes, as they are or encoded. */
    @GetMapping("/v1/models/{*id}")
    public void retrieve(@PathVariable String id, Caller.Browser caller, HttpServletResponse response)
            throws IOException {
        String name = id.substring(1);
        ModelView view = visible(caller.access(), offers.find(name).stream())
                .findFirst()
                .map(offer -> ModelView.of(offer, created))
                .orElseThrow(() -> new Problem(
                        404,
                        "model_not_found",
                        offers.find(name).isEmpty()
                                ? offers.explain(name)
                                : "The session may not use this model. GET /v1/models lists those it may use.",
                        List.of(new Problem.Detail("model", "is not offered")),
                        Map.of()));
        write(view, response);
    }

    private Stream<Offer> visible(SessionAccess session, Stream<Offer> from) {
        Scope scope = new Scope(session.models(), offers::knowsProvider);
        return from.filter(scope::allows).filter(offer -> session.mode() == Mode.LIVE || offer.free());
    }

    private static void write(Object view, HttpServletResponse response) throws IOException {
        byte[] body = Json.bytes(view);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
