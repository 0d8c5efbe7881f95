package dev.purser.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The product as a process of its own, healthy when this exists. */
final class Product implements AutoCloseable {
    private static final Duration HEALTHY_WITHIN = Duration.ofMinutes(2);
    private static final Duration STOPPED_WITHIN = Duration.ofMinutes(1);
    private static final long POLL_MILLIS = 10;
    private static final String HEALTH =
            "GET /actuator/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private final Process process;
    private final int apiPort;
    private final Duration startedIn;

    private Product(Process process, int apiPort, Duration startedIn) {
        this.process = process;
        this.apiPort = apiPort;
        this.startedIn = startedIn;
    }

    /** On the installation's own embedded database, which nobody else may be running. */
    static Product start(ProcessBuilder product, Path log) throws IOException, InterruptedException {
        int apiPort = Installation.freePort();
        int managementPort = Installation.freePort();
        product.environment().put("PURSER_API_PORT", Integer.toString(apiPort));
        product.environment().put("PURSER_GATEWAY_PORT", Integer.toString(Installation.freePort()));
        product.environment().put("PURSER_MANAGEMENT_PORT", Integer.toString(managementPort));
        product.redirectErrorStream(true).redirectOutput(log.toFile());
        long begin = System.nanoTime();
        Process process = product.start();
        while (!isHealthy(managementPort)) {
            if (!process.isAlive() || System.nanoTime() - begin > HEALTHY_WITHIN.toNanos()) {
                process.destroyForcibly();
                throw new IllegalStateException("the product did not become healthy:\n" + Files.readString(log));
            }
            Thread.sleep(POLL_MILLIS);
        }
        return new Product(process, apiPort, Duration.ofNanos(System.nanoTime() - begin));
    }

    /** On a database of a server that this run has started, with the secrets of the installation. */
    static Product start(DatabaseServer server, String database, String javaOptions)
            throws IOException, InterruptedException {
        Installation installation = server.installation();
        ProcessBuilder product = installation.process();
        product.environment().remove("PURSER_DATABASE_EMBEDDED_PORT");
        product.environment().put("SPRING_DATASOURCE_URL", server.url(database));
        product.environment().put("SPRING_DATASOURCE_USERNAME", "purser_app");
        product.environment().put("SPRING_DATASOURCE_PASSWORD", installation.secret("database-application"));
        product.environment().put("PURSER_DATABASE_OWNER_USERNAME", "purser_owner");
        product.environment().put("PURSER_DATABASE_OWNER_PASSWORD", installation.secret("database-owner"));
        product.environment().put("PURSER_FINGERPRINT_KEYS", installation.secret("fingerprint-keys"));
        product.environment().put("PURSER_ENCRYPTION_KEYS", installation.secret("encryption-keys"));
        product.environment().put("PURSER_JAVA_OPTIONS", javaOptions);
        return start(product, installation.directory().resolve("product.log"));
    }

    int apiPort() {
        return apiPort;
    }

    Duration startedIn() {
        return startedIn;
    }

    /** The processor time that it has used. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Also when it was started by another process, Maven say, nothing of it is left. */
    @Override
    public void close() {
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        process.destroy();
        try {
            CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .get(STOPPED_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the product did not stop", e);
        } finally {
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static boolean isHealthy(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(HEALTH.getBytes(StandardCharsets.US_ASCII));
            String status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return status.equals("HTTP/1.1 200");
        } catch (IOException notYet) {
            return false;
        }
    }
}
