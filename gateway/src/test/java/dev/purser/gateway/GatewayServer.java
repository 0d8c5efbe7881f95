package dev.purser.gateway;

import dev.purser.domain.CustomerId;
import dev.purser.domain.KeyId;
import dev.purser.domain.Ledger.Cause;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.SessionId;
import dev.purser.domain.WalletId;
import dev.purser.domain.customer.CustomerStatus;
import dev.purser.domain.key.KeyKind;
import dev.purser.domain.project.DisconnectPolicy;
import dev.purser.domain.project.ProjectSettings;
import dev.purser.domain.wallet.Metering;
import dev.purser.domain.wallet.WalletEvent.UsageDebited;
import dev.purser.edge.access.GateInterceptor;
import dev.purser.edge.error.ErrorResolver;
import dev.purser.edge.error.Errors;
import dev.purser.edge.error.RouteFamilies;
import dev.purser.edge.filter.EdgeFilter;
import dev.purser.edge.mvc.EdgeMvc;
import dev.purser.gateway.catalogue.ProviderSettings;
import dev.purser.gateway.routing.RetrySettings;
import dev.purser.gateway.settlement.HoldSettings;
import dev.purser.gateway.upstream.UpstreamTimeouts;
import dev.purser.projection.access.AccessDirectory;
import dev.purser.projection.access.SessionAccess;
import dev.purser.projection.access.StaffAccess;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigUtils;
import org.springframework.web.context.support.GenericWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** The gateway behind a real servlet container and the real edge, with a ledger in memory and a scripted provider. */
final class GatewayServer implements AutoCloseable {
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    static final String OPERATOR = "ok_" + "o".repeat(40);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    final WalletLedger ledger = new WalletLedger();
    final ScriptedUpstream upstream = new ScriptedUpstream();
    /** The provider that is asked when the first one fails. */
    final ScriptedUpstream backup = new ScriptedUpstream();

    final Path catalogue;
    final Gateway gateway;
    private final Map<String, SessionAccess> sessions = new ConcurrentHashMap<>();
    private final Tomcat tomcat = new Tomcat();
    private final Path directory = Files.createTempDirectory("gateway-test");

    @EnableWebMvc
    static class Mvc {}

    /** One for all tests that need nothing special of it; it lives as long as the test run. */
    static GatewayServer shared() {
        return Shared.SERVER;
    }

    /** One that waits for no provider. */
    static GatewayServer impatient() {
        return Impatient.SERVER;
    }

    private static final class Shared {
        static final GatewayServer SERVER = create(Duration.ofSeconds(30));
    }

    private static final class Impatient {
        static final GatewayServer SERVER = create(Duration.ofMillis(500));
    }

    private static GatewayServer create(Duration patience) {
        try {
            return new GatewayServer(
                    patience,
                    patience,
                    new HoldSettings(Duration.ofMinutes(10), Duration.ofSeconds(30), 1_000, Duration.ofMillis(300)));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Retries at once; no number of failures closes a provider off. */
    static final RetrySettings PERSISTENT =
            new RetrySettings(2, Duration.ofMillis(2), Duration.ofSeconds(1), 10_000, 100, Duration.ofSeconds(15));

    GatewayServer(Duration patience, Duration drain, HoldSettings holds) throws Exception {
        this(patience, drain, holds, PERSISTENT);
    }

    GatewayServer(Duration patience, Duration drain, HoldSettings holds, RetrySettings retries) throws Exception {
        catalogue = directory.resolve("catalogue.json");
        Files.writeString(catalogue, models());
        GatewayProperties properties = new GatewayProperties(
                catalogue,
                Map.of("local", new ProviderSettings(null, "sk-local-secret-key")),
                true,
                new UpstreamTimeouts(Duration.ofSeconds(20), patience, patience, Duration.ofSeconds(60)),
                holds,
                retries,
                drain,
                Duration.ZERO,
                Duration.ofMillis(50));
        gateway = new Gateway(properties, _ -> null, ledger, ledger, Clock.systemUTC());
        gateway.start(new Cause("system", "start"));
        ledger.commands.clear();
        startTomcat();
    }

    String models() {
        return """
            {"providers": [
               {"id": "local", "baseUrl": "%1$s"},
               {"id": "second", "baseUrl": "%1$s", "maxTokensField": "max_completion_tokens", "streamOptions": false},
               {"id": "backup", "baseUrl": "%2$s"}
             ],
             "models": [
               {"id": "priced", "provider": "local", "upstreamId": "m", "context": 100000, "maxOutput": 8000,
                "abilities": ["tools", "vision", "json"],
                "tariff": {"input": "3", "cachedInput": "0.3", "output": "15"}},
               {"id": "counted", "provider": "local", "context": 100000, "maxOutput": 8000,
                "tokenizer": "o200k_base", "tariff": {"input": "3", "output": "15"}},
               {"id": "dear", "provider": "local", "context": 100000, "maxOutput": 8000,
                "abilities": ["tools"], "tariff": {"input": "300", "output": "1500"}},
               {"id": "gratis", "provider": "local", "context": 100000, "maxOutput": 8000, "free": true},
               {"id": "priced", "provider": "second", "context": 100000, "maxOutput": 8000,
                "tariff": {"input": "1", "output": "2"}},
               {"id": "twin", "provider": "local", "context": 100000, "maxOutput": 8000,
                "tariff": {"input": "3", "output": "15"}},
               {"id": "twin", "provider": "backup", "upstreamId": "twin-2", "context": 100000, "maxOutput": 8000,
                "tariff": {"input": "6", "output": "30"}},
               {"id": "thinker", "provider": "local", "context": 100000, "maxOutput": 8000,
                "tariff": {"input": "1", "output": "4", "reasoning": "2"}},
               {"id": "vectors", "provider": "local", "upstreamId": "v-1", "kind": "embedding", "context": 8000,
                "tariff": {"input": "0.1"}},
               {"id": "pictures", "provider": "local", "upstreamId": "p-1", "kind": "image", "tariff": {"images": [
                {"size": "1024x1024", "quality": "low", "price": "0.011"},
                {"size": "1024x1024", "quality": "high", "price": "0.167"},
                {"size": "512x512", "price": "0.005"}]}},
               {"id": "sketches", "provider": "local", "kind": "image", "tariff": {"perImage": "0.002"}}
             ]}
            """.formatted(upstream.baseUrl(), backup.baseUrl());
    }

    private void startTomcat() throws Exception {
        AccessDirectory directoryOfSessions = (AccessDirectory) Proxy.newProxyInstance(
                AccessDirectory.class.getClassLoader(),
                new Class<?>[] {AccessDirectory.class},
                (_, method, arguments) -> switch (method.getName()) {
                    case "session" -> Optional.ofNullable(sessions.get(((List<?>) arguments[0]).getFirst()));
                    case "staffKey" ->
                        ((List<?>) arguments[0]).contains(OPERATOR)
                                ? Optional.of(new StaffAccess(new KeyId("key1"), KeyKind.OPERATOR, null, false, null))
                                : Optional.empty();
                    default -> Optional.empty();
                });
        Errors errors = new Errors(new RouteFamilies(_ -> true));
        GenericWebApplicationContext spring = new GenericWebApplicationContext();
        AnnotationConfigUtils.registerAnnotationConfigProcessors(spring);
        spring.registerBean(Mvc.class, Mvc::new);
        spring.registerBean(
                EdgeMvc.class,
                () -> new EdgeMvc(
                        new GateInterceptor(directoryOfSessions, List::of, Clock.systemUTC()),
                        new ErrorResolver(errors)));
        gateway.controllers().all().forEach(controller -> register(spring, controller));
        tomcat.setBaseDir(directory.toString());
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setEncodedSolidusHandling("passthrough");
        connector.getProtocolHandler().setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", null);
        FilterDef filter = new FilterDef();
        filter.setFilterName("edge");
        filter.setFilter(new EdgeFilter(() -> "req" + NUMBERS.incrementAndGet(), errors));
        context.addFilterDef(filter);
        FilterMap map = new FilterMap();
        map.setFilterName("edge");
        map.addURLPattern("/*");
        context.addFilterMap(map);
        Wrapper dispatcher = Tomcat.addServlet(context, "dispatcher", new DispatcherServlet(spring));
        dispatcher.setLoadOnStartup(1);
        dispatcher.addMapping("/");

        tomcat.start();
    }

    @SuppressWarnings("unchecked") // a bean's class is that of the bean
    private static void register(GenericWebApplicationContext spring, Object controller) {
        spring.registerBean((Class<Object>) controller.getClass(), () -> controller);
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    /** A session of a new wallet. */
    SessionBuilder session() {
        return new SessionBuilder();
    }

    final class SessionBuilder {
        private Mode mode = Mode.LIVE;
        private String dollars = "5";
        private @Nullable List<String> models;
        private @Nullable Money maxSpend;
        private DisconnectPolicy disconnectPolicy = DisconnectPolicy.DRAIN;

        SessionBuilder test() {
            mode = Mode.TEST;
            return this;
        }

        SessionBuilder with(String amount) {
            dollars = amount;
            return this;
        }

        SessionBuilder models(String... allowed) {
            models = List.of(allowed);
            return this;
        }

        SessionBuilder maxSpend(String amount) {
            maxSpend = Money.of(new BigDecimal(amount));
            return this;
        }

        SessionBuilder cancels() {
            disconnectPolicy = DisconnectPolicy.CANCEL;
            return this;
        }

        Client open() {
            int number = NUMBERS.incrementAndGet();
            WalletId wallet = ledger.openWallet("wal" + number, mode, dollars);
            String token = (mode == Mode.TEST ? "es_test_" : "es_") + "%040d".formatted(number);
            ProjectSettings defaults = ProjectSettings.DEFAULTS;
            ProjectSettings settings = new ProjectSettings(
                    true,
                    BigDecimal.ZERO,
                    BigDecimal.ZERO,
                    List.of(),
                    disconnectPolicy,
                    defaults.lowBalanceThreshold(),
                    null,
                    1_000);
            sessions.put(
                    token,
                    new SessionAccess(
                            new SessionId("ses" + number),
                            wallet,
                            new CustomerId("cus1"),
                            new OrganizationId("org1"),
                            new ProjectId("prj1"),
                            mode,
                            1,
                            1,
                            false,
                            Instant.now().plusSeconds(900),
                            Instant.now(),
                            models,
                            maxSpend,
                            false,
                            CustomerStatus.ACTIVE,
                            true,
                            true,
                            settings));
            ledger.commands.clear();
            return new Client(token, wallet);
        }
    }

    /** A browser with a session. */
    final class Client {
        final String token;
        final WalletId wallet;

        Client(String token, WalletId wallet) {
            this.token = token;
            this.wallet = wallet;
        }

        HttpResponse<String> chat(String body, String... headers) throws Exception {
            return post("/v1/chat/completions", body, headers);
        }

        HttpResponse<String> post(String path, String body, String... headers) throws Exception {
            List<String> all = new ArrayList<>(List.of("Authorization", "Bearer " + token));
            if (!List.of(headers).contains("Content-Type")) {
                all.addAll(List.of("Content-Type", "application/json"));
            }
            all.addAll(List.of(headers));
            return CLIENT.send(
                    HttpRequest.newBuilder(uri(path))
                            .headers(all.toArray(String[]::new))
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }

        HttpResponse<String> ask(String model) throws Exception {
            return chat(body(model, ""));
        }

        HttpResponse<String> stream(String model) throws Exception {
            return chat(body(model, ",\"stream\":true"));
        }

        HttpResponse<String> get(String path) throws Exception {
            return CLIENT.send(
                    HttpRequest.newBuilder(uri(path))
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }

        Money balance() {
            return ledger.wallet(wallet).balance();
        }

        /** The metering of the latest bill. */
        Metering billed() {
            return Objects.requireNonNull(
                    ledger.events(wallet, UsageDebited.class).getLast().metering());
        }

        Money held() {
            return ledger.wallet(wallet).held();
        }
    }

    static String body(String model, String more) {
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Say hello\"}]" + more + "}";
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    @Override
    public void close() throws IOException, LifecycleException {
        gateway.close();
        tomcat.stop();
        tomcat.destroy();
        upstream.close();
        backup.close();
        ledger.close();
    }
}
