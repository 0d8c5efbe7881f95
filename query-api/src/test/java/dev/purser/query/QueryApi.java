package dev.purser.query;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import dev.purser.domain.KeyId;
import dev.purser.domain.key.KeyKind;
import dev.purser.edge.Caller;
import dev.purser.edge.EdgeRequest;
import dev.purser.edge.access.CallerResolver;
import dev.purser.edge.error.ErrorResolver;
import dev.purser.edge.error.Errors;
import dev.purser.edge.error.RouteFamilies;
import dev.purser.projection.TestLedger;
import dev.purser.projection.TestLedger.Enrolled;
import dev.purser.projection.TestLedger.Tenant;
import dev.purser.projection.access.AccessDirectory;
import dev.purser.projection.access.PostgresAccessDirectory;
import dev.purser.projection.access.StaffAccess;
import dev.purser.projection.access.TenantDirectory;
import dev.purser.projection.customer.CustomerQueries;
import dev.purser.projection.entry.EntryQueries;
import dev.purser.projection.request.RequestQueries;
import dev.purser.projection.wallet.WalletQueries;
import dev.purser.query.admin.ProjectionController;
import dev.purser.query.admin.TenantController;
import dev.purser.query.customer.CustomerController;
import dev.purser.query.page.Freshness;
import dev.purser.query.request.RequestController;
import dev.purser.query.wallet.LedgerController;
import dev.purser.query.wallet.LedgerCursor;
import dev.purser.query.wallet.OwnWalletController;
import dev.purser.query.wallet.WalletController;
import java.io.UnsupportedEncodingException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** All queries on a real ledger; the gates are the edge's to test, here they have let the caller through. */
public final class QueryApi implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    public final TestLedger ledger = TestLedger.start();
    private final AccessDirectory directory;
    private final MockMvc mvc;

    /** An answer as a client sees it. */
    public record Answer(
            int status,
            Map<String, @Nullable Object> json,
            @Nullable String stale) {
        public List<Map<String, @Nullable Object>> list(String field) {
            return JSON.convertValue(json.get(field), new TypeReference<>() {});
        }

        public Map<String, @Nullable Object> object(String field) {
            return JSON.convertValue(json.get(field), new TypeReference<>() {});
        }

        /** The field that a 400 complains about. */
        public @Nullable Object badField() {
            return list("details").getFirst().get("field");
        }
    }

    public QueryApi() {
        DataSource dataSource = ledger.database.dataSource();
        directory = new PostgresAccessDirectory(dataSource);
        Freshness freshness = new Freshness(ledger.projections);
        WalletQueries wallets = new WalletQueries(dataSource);
        EntryQueries entries = new EntryQueries(dataSource);
        mvc = MockMvcBuilders.standaloneSetup(
                        new WalletController(directory, wallets, ledger.engine.log(), freshness),
                        new LedgerController(directory, entries, new LedgerCursor(new byte[32]), freshness),
                        new OwnWalletController(wallets, entries, freshness),
                        new CustomerController(directory, new CustomerQueries(dataSource), entries, freshness),
                        new RequestController(new RequestQueries(dataSource), freshness),
                        new TenantController(new TenantDirectory(dataSource)),
                        new ProjectionController(ledger.projections, ledger.rebuilds))
                .setCustomArgumentResolvers(new CallerResolver())
                .setHandlerExceptionResolvers(new ErrorResolver(new Errors(new RouteFamilies(port -> false))))
                .build();
    }

    /** A backend of the project; makes a key the first time. */
    public Caller.Backend backend(Tenant tenant) {
        String token = "key of " + tenant.project() + " " + tenant.mode();
        List<String> fingerprints = List.of(TestLedger.fingerprint(token));
        if (directory.platformKey(fingerprints).isEmpty()) {
            ledger.platformKey(tenant, token, null);
        }
        return new Caller.Backend(directory.platformKey(fingerprints).orElseThrow());
    }

    public Caller.Browser browser(Enrolled customer) {
        return new Caller.Browser(
                directory.session(List.of(customer.sessionFingerprint())).orElseThrow());
    }

    public Caller.Operator operator() {
        return new Caller.Operator(new StaffAccess(new KeyId("keyOperator"), KeyKind.OPERATOR, null, false, null));
    }

    public Answer ask(Caller caller, String path, Object... variables) {
        try {
            MvcResult result = mvc.perform(get(path, variables).with(request -> {
                        EdgeRequest.admit(request, caller, null);
                        return request;
                    }))
                    .andReturn();
            return new Answer(
                    result.getResponse().getStatus(),
                    JSON.readValue(body(result), OBJECT),
                    result.getResponse().getHeader(Freshness.STALE_HEADER));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(path, e);
        }
    }

    private static String body(MvcResult result) throws UnsupportedEncodingException {
        return result.getResponse().getContentAsString();
    }

    @Override
    public void close() {
        ledger.close();
    }
}
