package dev.purser.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.command.admin.KeyController;
import dev.purser.command.admin.OrganizationController;
import dev.purser.command.admin.ProjectController;
import dev.purser.command.admin.ProjectionCareController;
import dev.purser.command.admin.PromotionController;
import dev.purser.command.admin.Tenants;
import dev.purser.command.config.ConfigController;
import dev.purser.command.config.PaymentsConfig;
import dev.purser.command.config.PaymentsConfig.PaymentMode;
import dev.purser.command.customer.CustomerController;
import dev.purser.command.hold.HoldController;
import dev.purser.command.secret.NewTokens;
import dev.purser.command.session.KnownProfiles.Profile;
import dev.purser.command.session.SessionController;
import dev.purser.command.wallet.CreditController;
import dev.purser.command.wallet.DebitController;
import dev.purser.command.wallet.FreezeController;
import dev.purser.command.wallet.TermsController;
import dev.purser.command.wallet.WalletAccess;
import dev.purser.domain.CustomerId;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.SessionId;
import dev.purser.domain.WalletId;
import dev.purser.domain.organization.OrganizationView;
import dev.purser.domain.pricing.PriceBook;
import dev.purser.domain.pricing.PriceBook.Priced;
import dev.purser.domain.pricing.Tariff;
import dev.purser.domain.project.ProjectSettings;
import dev.purser.domain.project.ProjectView;
import dev.purser.edge.access.CallerResolver;
import dev.purser.edge.access.GateInterceptor;
import dev.purser.edge.error.ErrorResolver;
import dev.purser.edge.error.Errors;
import dev.purser.edge.error.RouteFamilies;
import dev.purser.edge.filter.EdgeFilter;
import dev.purser.edge.idempotency.AnswerSeal;
import dev.purser.edge.idempotency.Idempotency;
import dev.purser.edge.request.CallResolver;
import dev.purser.eventstore.secret.Fingerprints;
import dev.purser.eventstore.secret.SealedAnswers;
import java.io.UnsupportedEncodingException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import tools.jackson.databind.json.JsonMapper;

/** Every controller behind the real edge, on a ledger, directory and vault made by hand. */
public final class TestApi {
    public static final Instant NOW = Instant.parse("2026-11-24T23:59:59.123456Z");
    public static final OrganizationId ORGANIZATION = new OrganizationId("org1");
    public static final ProjectId PROJECT = new ProjectId("prj1");
    public static final WalletId WALLET = new WalletId("wal1");
    public static final CustomerId CUSTOMER = new CustomerId("cus1");
    public static final SessionId SESSION_ID = new SessionId("ses1");

    private static final String DIGITS = "0123456789abcdefghijABCDEFGHIJ0123456789";
    public static final String SECRET = "sk_test_" + DIGITS;
    public static final String LIVE_SECRET = "sk_live_" + DIGITS;
    public static final String SESSION = "es_test_" + DIGITS;
    public static final String OPERATOR = "ok_" + DIGITS;

    private static final JsonMapper JSON = JsonMapper.shared();

    public final FakeLedger ledger = new FakeLedger();
    public final FakeDirectory directory = new FakeDirectory();
    public final FakeProjectionCare projectionCare = new FakeProjectionCare();
    public final FakePersonalData personalData = new FakePersonalData();
    public final Map<CustomerId, Profile> profiles = new HashMap<>();
    public final Set<SessionId> ownSessions = new HashSet<>(Set.of(SESSION_ID));
    public final Map<OrganizationId, OrganizationView> organizations =
            new HashMap<>(Map.of(ORGANIZATION, new OrganizationView(ORGANIZATION, "Acme", true)));
    public final Map<ProjectId, ProjectView> projects = new HashMap<>(
            Map.of(PROJECT, new ProjectView(PROJECT, ORGANIZATION, "App", true, ProjectSettings.DEFAULTS)));

    private final Fingerprints fingerprints = new Fingerprints(List.of(new byte[32]));
    private final MockMvc mvc;

    /** An answer. */
    public record Answer(int status, String text, MockHttpServletResponse raw) {
        @SuppressWarnings("unchecked") // every answer of the API is an object
        public Map<String, Object> json() {
            return JSON.readValue(text, Map.class);
        }

        public Answer expect(int expected) {
            assertThat(status).as(text).isEqualTo(expected);
            return this;
        }

        public void expectError(int expected, String code) {
            expect(expected);
            assertThat(json())
                    .containsEntry("error", true)
                    .containsEntry("status", expected)
                    .containsEntry("code", code);
        }

        public void expectField(String field) {
            expectError(400, "invalid_request");
            assertThat(json().get("details")).asString().contains("field=" + field + ",");
        }
    }

    public TestApi() {
        this(new PaymentsConfig(PaymentMode.SANDBOX, "pk_live_1", "pk_test_1"));
    }

    public TestApi(PaymentsConfig payments) {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        Errors errors = new Errors(new RouteFamilies(_ -> false));
        Idempotency idempotency = new Idempotency(ledger, ledger, new TokenSeal(), Idempotency.DEFAULT_WAIT);
        WalletAccess wallets = new WalletAccess(directory);
        NewTokens tokens = new NewTokens(fingerprints::fingerprint);
        Tenants tenants = new MapTenants();
        mvc = MockMvcBuilders.standaloneSetup(
                        new SessionController(
                                idempotency,
                                directory,
                                personalData,
                                (_, _, id) -> Optional.ofNullable(profiles.get(id)),
                                (_, _, id) -> ownSessions.contains(id),
                                tokens,
                                payments,
                                clock),
                        new CreditController(idempotency, wallets, personalData, clock),
                        new DebitController(idempotency, wallets, personalData, prices()),
                        new FreezeController(idempotency, wallets),
                        new TermsController(idempotency, wallets),
                        new HoldController(idempotency, wallets, directory, clock),
                        new CustomerController(idempotency, directory),
                        new ConfigController(payments),
                        new OrganizationController(idempotency, ledger, tenants),
                        new ProjectController(idempotency, ledger, tenants),
                        new KeyController(idempotency, tenants, tokens, clock),
                        new PromotionController(idempotency, tenants, clock),
                        new ProjectionCareController(projectionCare))
                .addFilters(new EdgeFilter(() -> "req1", errors))
                .addInterceptors(new GateInterceptor(directory, List::of, clock))
                .setCustomArgumentResolvers(new CallerResolver(), new CallResolver())
                .setHandlerExceptionResolvers(new ErrorResolver(errors))
                .build();
    }

    private static PriceBook prices() {
        return model -> model.equals("test/model") || model.equals("model")
                ? Optional.of(new Priced("model", Tariff.perMillion("3", "15"), 7))
                : Optional.empty();
    }

    public Fingerprints fingerprints() {
        return fingerprints;
    }

    public Answer post(String path, @Nullable String token, String body, String... headers) {
        return send(HttpMethod.POST, path, token, body, headers);
    }

    public Answer patch(String path, String token, String body) {
        return send(HttpMethod.PATCH, path, token, body);
    }

    public Answer get(String path, @Nullable String token) {
        return send(HttpMethod.GET, path, token, "");
    }

    private Answer send(HttpMethod method, String path, @Nullable String token, String body, String... headers) {
        MockHttpServletRequestBuilder request = MockMvcRequestBuilders.request(method, URI.create(path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        if (!body.isEmpty()) {
            request.contentType("application/json").content(body);
        }
        try {
            MockHttpServletResponse response = mvc.perform(request).andReturn().getResponse();
            return new Answer(response.getStatus(), response.getContentAsString(StandardCharsets.UTF_8), response);
        } catch (UnsupportedEncodingException e) {
            throw new AssertionError(e);
        } catch (Exception e) {
            throw new AssertionError("the edge let an exception out", e);
        }
    }

    private final class MapTenants implements Tenants {
        @Override
        public Optional<OrganizationView> organization(OrganizationId id) {
            return Optional.ofNullable(organizations.get(id));
        }

        @Override
        public Optional<ProjectView> project(ProjectId id) {
            return Optional.ofNullable(projects.get(id));
        }
    }

    private static final class TokenSeal implements AnswerSeal {
        @Override
        public byte[] seal(String token, byte[] answer) {
            return SealedAnswers.seal(token, "test", answer);
        }

        @Override
        public Optional<byte[]> open(String token, byte[] sealed) {
            return SealedAnswers.open(token, "test", sealed);
        }
    }
}
