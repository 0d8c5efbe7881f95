package dev.purser.query.customer;

import dev.purser.edge.Caller;
import dev.purser.edge.Gate;
import dev.purser.edge.Problem;
import dev.purser.edge.request.PathIds;
import dev.purser.projection.access.AccessDirectory;
import dev.purser.projection.access.CustomerAccess;
import dev.purser.projection.access.PlatformAccess;
import dev.purser.projection.customer.CustomerDetails;
import dev.purser.projection.customer.CustomerQueries;
import dev.purser.projection.customer.CustomerQueries.Filter;
import dev.purser.projection.customer.CustomerQueries.Page;
import dev.purser.projection.entry.EntryQueries;
import dev.purser.query.page.Freshness;
import dev.purser.query.page.Parameters;
import dev.purser.query.wallet.EntryJson;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The customers of the calling backend's project and mode. */
@RestController
public final class CustomerController {
    private static final int RECENT_ENTRIES = 20;

    private final AccessDirectory directory;
    private final CustomerQueries customers;
    private final EntryQueries entries;
    private final Freshness freshness;

    public CustomerController(
            AccessDirectory directory, CustomerQueries customers, EntryQueries entries, Freshness freshness) {
        this.directory = directory;
        this.customers = customers;
        this.entries = entries;
        this.freshness = freshness;
    }

    @Gate(Gate.Kind.BACKEND)
    @GetMapping("/v1/customers")
    public Map<String, @Nullable Object> list(
            Caller.Backend caller,
            HttpServletResponse response,
            @RequestParam(name = "limit", required = false) @Nullable String limitText,
            @RequestParam(name = "offset", required = false) @Nullable String offsetText,
            @RequestParam(name = "externalId", required = false) @Nullable String externalId,
            @RequestParam(name = "q", required = false) @Nullable String text) {
        int limit = Parameters.limit(limitText);
        long offset = Parameters.offset(offsetText);
        Filter filter = new Filter(
                caller.access().projectId(),
                caller.access().mode(),
                Parameters.text("externalId", externalId),
                Parameters.text("q", text));
        freshness.awaitHead(response);
        Page page = customers.page(filter, limit, offset);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put(
                "customers",
                page.customers().stream().map(CustomerJson::customer).toList());
        json.put("total", page.total());
        return json;
    }

    @Gate(Gate.Kind.BACKEND)
    @GetMapping("/v1/customers/{id}")
    public Map<String, @Nullable Object> one(
            Caller.Backend caller, HttpServletResponse response, @PathVariable String id) {
        PlatformAccess access = caller.access();
        CustomerAccess known = directory
                .customer(access.projectId(), access.mode(), PathIds.customer(id))
                .orElseThrow(() -> Problem.notFound("customer"));
        freshness.awaitStreams(
                response, known.customerId().value(), known.walletId().value());
        CustomerDetails customer = customers
                .customer(access.projectId(), access.mode(), known.customerId())
                .orElseThrow(() -> Freshness.notProjectedYet("customer"));
        Map<String, @Nullable Object> json = CustomerJson.customer(customer);
        json.put("recentLedger", EntryJson.entries(entries.newest(known.walletId(), RECENT_ENTRIES)));
        return json;
    }
}
