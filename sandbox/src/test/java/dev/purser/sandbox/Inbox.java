package dev.purser.sandbox;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.model.Event;
import com.stripe.net.Webhook;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody's webhook, which may fail. */
final class Inbox implements AutoCloseable {
    private final HttpServer server;
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();

    record Delivery(String body, String signature, int status) {
        /** As stripe-java reads it, its signature verified. */
        Event event(String secret) {
            try {
                return Webhook.constructEvent(body, signature, secret);
            } catch (SignatureVerificationException e) {
                throw new AssertionError(e);
            }
        }

        boolean succeeded() {
            return status == 200;
        }
    }

    Inbox() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                int status = failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0 ? 500 : 200;
                String signature = exchange.getRequestHeaders().getFirst("Stripe-Signature");
                deliveries.add(new Delivery(body, String.valueOf(signature), status));
                exchange.sendResponseHeaders(status, -1);
            }
        });
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
    }

    void failNext(int times) {
        failures.set(times);
    }

    List<Delivery> deliveries() {
        return List.copyOf(deliveries);
    }

    /** Types of what was taken, in the order of arrival. */
    List<String> types(String secret) {
        return deliveries.stream()
                .filter(Delivery::succeeded)
                .map(delivery -> delivery.event(secret).getType())
                .toList();
    }

    void clear() {
        deliveries.clear();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
