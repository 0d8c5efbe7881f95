package dev.purser.gateway.catalogue;

import dev.purser.domain.Ledger;
import dev.purser.edge.Caller;
import dev.purser.edge.EdgeRequest;
import dev.purser.edge.Gate;
import dev.purser.edge.Problem;
import dev.purser.edge.json.Json;
import dev.purser.gateway.catalogue.LiveCatalogue.Edition;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/admin/catalogue}: what is in force, and reading the operator's file again at once. */
@RestController
@Gate(Gate.Kind.OPERATOR)
public final class CatalogueController {
    private final LiveCatalogue live;
    private final Ledger ledger;

    public CatalogueController(LiveCatalogue live, Ledger ledger) {
        this.live = live;
        this.ledger = ledger;
    }

    /**
     * @param priceVersion what bills name
     * @param models how many there are
     * @param offered how many of them can be called
     */
    record CatalogueView(int priceVersion, int models, int offered) {
        static CatalogueView of(Edition edition) {
            return new CatalogueView(
                    edition.catalogue().version(),
                    edition.catalogue().offers().size(),
                    edition.offers().offered().size());
        }
    }

    @GetMapping("/v1/admin/catalogue")
    public void show(HttpServletResponse response) throws IOException {
        write(CatalogueView.of(live.current()), response);
    }

    @PostMapping("/v1/admin/catalogue/reload")
    public void reload(Caller.Operator caller, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try {
            Edition edition = live.reload(ledger, new Ledger.Cause(caller.actor(), EdgeRequest.id(request)));
            write(CatalogueView.of(edition), response);
        } catch (CatalogueRefused e) {
            throw new Problem(400, "catalogue_refused", "The catalogue in force stays: " + e.getMessage());
        }
    }

    private static void write(CatalogueView view, HttpServletResponse response) throws IOException {
        byte[] body = Json.bytes(view);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
