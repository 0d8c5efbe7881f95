package dev.purser.app.doctor;

import dev.purser.app.web.NetworkProperties;
import dev.purser.app.web.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;

/** Whether each port is free, or taken by a Purser that is already running. */
final class PortChecks {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final NetworkProperties network;
    private final boolean sandbox;

    /** @param sandbox whether a server with this configuration plays Stripe itself */
    PortChecks(NetworkProperties network, boolean sandbox) {
        this.network = network;
        this.sandbox = sandbox;
    }

    void examine(Consumer<Finding> teller) {
        for (Ports.Named port : Ports.of(network, sandbox)) {
            teller.accept(examine(port));
        }
    }

    private static Finding examine(Ports.Named port) {
        String subject = "Port " + port.number();
        if (port.isFree()) {
            return Finding.ok(subject, "free (" + port.purpose() + ")");
        }
        if (answersAsPurser(port)) {
            return Finding.ok(subject, "a running Purser (" + port.purpose() + ")");
        }
        return Finding.fail(
                subject, "taken by another program (" + port.purpose() + "); choose another: " + port.variable());
    }

    private static boolean answersAsPurser(Ports.Named port) {
        Ports.Sign sign = port.sign();
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://" + port.reachableHost() + ":" + port.number() + sign.path()))
                    .timeout(PATIENCE)
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .contains(sign.text());
        } catch (IOException | IllegalArgumentException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
