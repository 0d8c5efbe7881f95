package dev.purser.query;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import dev.purser.domain.KeyId;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.key.KeyKind;
import dev.purser.domain.margin.HoldBack;
import dev.purser.edge.Caller;
import dev.purser.edge.EdgeRequest;
import dev.purser.edge.access.CallerResolver;
import dev.purser.edge.error.ErrorResolver;
import dev.purser.edge.error.Errors;
import dev.purser.edge.error.RouteFamilies;
import dev.purser.edge.request.PositionCursor;
import dev.purser.eventstore.log.EventLog;
import dev.purser.projection.TestLedger;
import dev.purser.projection.TestLedger.Enrolled;
import dev.purser.projection.TestLedger.Tenant;
import dev.purser.projection.access.AccessDirectory;
import dev.purser.projection.access.PostgresAccessDirectory;
import dev.purser.projection.access.StaffAccess;
import dev.purser.projection.access.TenantDirectory;
import dev.purser.projection.books.BookQueries;
import dev.purser.projection.books.TrialBalances;
import dev.purser.projection.customer.CustomerQueries;
import dev.purser.projection.entry.EntryQueries;
import dev.purser.projection.margin.MarginQueries;
import dev.purser.projection.payout.PayoutQueries;
import dev.purser.projection.request.RequestQueries;
import dev.purser.projection.topup.TopUpQueries;
import dev.purser.projection.wallet.WalletQueries;
import dev.purser.query.admin.ProjectionController;
import dev.purser.query.admin.TenantController;
import dev.purser.query.audit.Journal;
import dev.purser.query.audit.JournalController;
import dev.purser.query.audit.TrialBalanceController;
import dev.purser.query.customer.CustomerController;
import dev.purser.query.margin.MarginController;
import dev.purser.query.page.Freshness;
import dev.purser.query.payout.PayoutListController;
import dev.purser.query.request.RequestController;
import dev.purser.query.topup.ParkedPaymentController;
import dev.purser.query.topup.TopUpListController;
import dev.purser.query.wallet.LedgerController;
import dev.purser.query.wallet.OwnWalletController;
import dev.purser.query.wallet.WalletController;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** All queries on a real ledger; the gates are the edge's to test, here they have let the caller through. */
public final class QueryApi implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    public static final HoldBack HOLD_BACK = new HoldBack(BigDecimal.valueOf(20), 7);

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

        /** Of a page that is not the last one. */
        public Object nextCursor() {
            return Objects.requireNonNull(json.get("nextCursor"), "a next page");
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
        BookQueries books = new BookQueries(dataSource);
        EventLog log = ledger.engine.log();
        PositionCursor cursors = new PositionCursor(new byte[32]);
        mvc = MockMvcBuilders.standaloneSetup(
                        new WalletController(directory, wallets, ledger.engine.log(), freshness),
                        new LedgerController(directory, entries, cursors, freshness),
                        new OwnWalletController(wallets, entries, freshness),
                        new CustomerController(directory, new CustomerQueries(dataSource), entries, freshness),
                        new RequestController(new RequestQueries(dataSource), freshness),
                        new TenantController(new TenantDirectory(dataSource)),
                        new ProjectionController(ledger.projections, ledger.rebuilds),
                        new MarginController(
                                new MarginQueries(dataSource), HOLD_BACK, cursors, freshness, Clock.systemUTC()),
                        new PayoutListController(new PayoutQueries(dataSource), cursors, freshness),
                        new ParkedPaymentController(new TopUpQueries(dataSource), cursors, freshness),
                        new TopUpListController(directory, new TopUpQueries(dataSource), cursors, freshness),
                        new TrialBalanceController(
                                new TrialBalances(dataSource, log, ledger.engine.codec()), books, log, freshness),
                        new JournalController(
                                new Journal(dataSource, log, ledger.engine.codec()), books, log, freshness))
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

    public Caller.Auditor auditor(OrganizationId organization) {
        return new Caller.Auditor(new StaffAccess(new KeyId("keyAuditor"), KeyKind.AUDITOR, organization, false, null));
    }

    public Answer ask(Caller caller, String path, Object... variables) {
        MockHttpServletResponse response = respond(caller, path, variables);
        return new Answer(
                response.getStatus(),
                JSON.readValue(body(response), OBJECT),
                response.getHeader(Freshness.STALE_HEADER));
    }

    /** For routes that answer no JSON. */
    public MockHttpServletResponse respond(Caller caller, String path, Object... variables) {
        try {
            return mvc.perform(get(path, variables).with(request -> {
                        EdgeRequest.admit(request, caller, null);
                        return request;
                    }))
                    .andReturn()
                    .getResponse();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(path, e);
        }
    }

    /** What a response says, whatever it is. */
    public static String body(MockHttpServletResponse response) {
        return new String(response.getContentAsByteArray(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        ledger.close();
    }
}
