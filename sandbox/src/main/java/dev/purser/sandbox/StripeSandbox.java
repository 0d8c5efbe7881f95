package dev.purser.sandbox;

import com.sun.net.httpserver.HttpServer;
import dev.purser.sandbox.api.Api;
import dev.purser.sandbox.api.Caller;
import dev.purser.sandbox.api.Keys;
import dev.purser.sandbox.api.Routes;
import dev.purser.sandbox.connect.Connect;
import dev.purser.sandbox.control.Switchboard;
import dev.purser.sandbox.control.Triggers;
import dev.purser.sandbox.event.Deliveries;
import dev.purser.sandbox.event.Events;
import dev.purser.sandbox.page.Pages;
import dev.purser.sandbox.payment.Payments;
import dev.purser.sandbox.store.Mode;
import dev.purser.sandbox.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A running sandbox: one server for both modes, told apart by the key of each request. What it has answered is durable
 * when it has a data directory. Thread-safe.
 */
public final class StripeSandbox implements AutoCloseable {
    private static final int BACKLOG = 512;

    private final Store store;
    private final Deliveries deliveries;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private StripeSandbox(SandboxSettings settings) throws IOException {
        server = HttpServer.create(new InetSocketAddress(settings.address(), settings.port()), BACKLOG);
        store = open(settings);
        deliveries = new Deliveries(store, webhookSecrets(settings), settings.delivery());
        store.listener(deliveries::recorded);
        Routes routes = new Routes();
        Payments.addTo(routes);
        Connect.addTo(routes);
        Events.addTo(routes);
        Triggers.addTo(routes);
        Api api = new Api(store, keys(settings), routes, settings.apiVersion());
        URI publicUrl = settings.publicUrl();
        server.setExecutor(threads);
        server.createContext(
                "/",
                new Front(
                        api,
                        new Switchboard(api, store, deliveries),
                        new Pages(store),
                        publicUrl == null ? null : publicUrl.toString()));
        deliveries.start(settings.webhook());
        server.start();
    }

    /**
     * Starts a sandbox.
     *
     * @throws UncheckedIOException if the port or the data directory cannot be used
     * @throws IllegalStateException if another process has the data directory, or its journal cannot be read
     */
    public static StripeSandbox start(SandboxSettings settings) {
        try {
            return new StripeSandbox(settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Store open(SandboxSettings settings) {
        try {
            return Store.open(settings.dataDirectory(), settings.clock(), settings.apiVersion());
        } catch (RuntimeException e) {
            server.stop(0);
            throw e;
        }
    }

    private static Keys keys(SandboxSettings settings) {
        return new Keys(Map.of(
                settings.test().secretKey(), new Caller(Mode.TEST, true),
                settings.test().publishableKey(), new Caller(Mode.TEST, false),
                settings.live().secretKey(), new Caller(Mode.LIVE, true),
                settings.live().publishableKey(), new Caller(Mode.LIVE, false)));
    }

    private static Map<Mode, String> webhookSecrets(SandboxSettings settings) {
        Map<Mode, String> secrets = new EnumMap<>(Mode.class);
        putIfThere(secrets, Mode.TEST, settings.test().webhookSecret());
        putIfThere(secrets, Mode.LIVE, settings.live().webhookSecret());
        return secrets;
    }

    private static void putIfThere(Map<Mode, String> secrets, Mode mode, @Nullable String secret) {
        if (secret != null) {
            secrets.put(mode, secret);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** The address for API clients on this machine, without a slash at the end. */
    public URI baseUrl() {
        String host = server.getAddress().getAddress().isAnyLocalAddress()
                ? "127.0.0.1"
                : server.getAddress().getAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port());
    }

    /** Where events are posted to from now on; those that waited for it go there too. Null lets them wait. */
    public void deliverTo(@Nullable URI webhook) {
        deliveries.deliverTo(webhook);
    }

    /** Answers nobody any more. What is on its way to the webhook is delivered after the next start. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        deliveries.close();
        store.close();
    }
}
