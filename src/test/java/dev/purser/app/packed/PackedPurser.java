package dev.purser.app.packed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One configuration of the packed product, run as child processes. */
final class PackedPurser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Path MODULE =
            Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> environment = new HashMap<>();
    private final Path data;
    private final Path log;
    private final int apiPort;
    private final int gatewayPort;
    private final int managementPort;
    private List<String> launcher = List.of(java(), "-Xmx512m", "-XX:TieredStopAtLevel=1", "-jar", jar().toString());
    private @Nullable Process process;

    PackedPurser(Path directory) {
        this.data = directory.resolve("data");
        this.log = directory.resolve("purser.log");
        List<Integer> ports = freePorts();
        this.apiPort = ports.get(0);
        this.gatewayPort = ports.get(1);
        this.managementPort = ports.get(2);
        environment.put("PURSER_DATA_DIR", data.toString());
        environment.put("PURSER_API_PORT", Integer.toString(apiPort));
        environment.put("PURSER_GATEWAY_PORT", Integer.toString(gatewayPort));
        environment.put("PURSER_SANDBOX_PORT", Integer.toString(ports.get(3)));
        environment.put("PURSER_MANAGEMENT_PORT", Integer.toString(managementPort));
        environment.put(
                "PURSER_DATABASE_EMBEDDED_BINARIESDIR",
                MODULE.resolve("target/postgres-programs").toString());
    }

    PackedPurser with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    PackedPurser without(String variable) {
        environment.remove(variable);
        return this;
    }

    PackedPurser launchedBy(String... command) {
        launcher = List.of(command);
        return this;
    }

    Path data() {
        return data;
    }

    int apiPort() {
        return apiPort;
    }

    int gatewayPort() {
        return gatewayPort;
    }

    int managementPort() {
        return managementPort;
    }

    /** Starts the server and waits until it is healthy. */
    PackedPurser start() {
        Process started = launch(List.of(), log);
        process = started;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isHealthy()) {
            if (!started.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new AssertionError("Purser did not become healthy:\n" + log());
            }
            sleepBriefly();
        }
        return this;
    }

    /** Runs to the end: a command, or a server that is expected to refuse. */
    Ended run(String... arguments) {
        try {
            Path output = Files.createTempFile("purser-packed", ".out");
            Process command = launch(List.of(arguments), output);
            int exitCode = await(command);
            String text = Files.readString(output);
            Files.delete(output);
            return new Ended(exitCode, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGTERM; answers the exit code. */
    int terminate() {
        running().destroy();
        return ended();
    }

    /** SIGKILL to Purser alone. */
    void kill() {
        running().destroyForcibly();
        ended();
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HttpResponse<String> get(int port, String path) throws IOException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    HttpResponse<String> management(String path) throws IOException {
        return get(managementPort, path);
    }

    /** The embedded server's process, as its own file names it. */
    Optional<ProcessHandle> postgres() {
        Path file = data.resolve("postgres/cluster/postmaster.pid");
        try (Stream<String> lines = Files.lines(file)) {
            return lines.findFirst()
                    .flatMap(line -> ProcessHandle.of(Long.parseLong(line.strip())))
                    .filter(ProcessHandle::isAlive);
        } catch (IOException notRunning) {
            return Optional.empty();
        }
    }

    /** Leaves nothing running. */
    @Override
    public void close() {
        if (process != null) {
            kill();
        }
        postgres().ifPresent(ProcessHandle::destroyForcibly);
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static Path jar() {
        try (Stream<Path> files = Files.list(MODULE.resolve("target"))) {
            return files.filter(file -> file.getFileName().toString().matches("src-.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no packed jar: ./mvnw verify makes it"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a process ended and what it said. */
    record Ended(int exitCode, String output) {}

    private boolean isHealthy() {
        try {
            return management("/actuator/health").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private Process launch(List<String> arguments, Path output) {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.matches("(PURSER|SPRING|STRIPE|SERVER|MANAGEMENT)_.*"));
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("Purser has not been started");
        }
        return process;
    }

    private int ended() {
        int exitCode = await(running());
        process = null;
        return exitCode;
    }

    private static int await(Process ending) {
        try {
            if (!ending.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                ending.destroyForcibly();
                throw new AssertionError("The process did not end within " + PATIENCE);
            }
            return ending.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void sleepBriefly() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<Integer> freePorts() {
        List<ServerSocket> sockets = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        try {
            for (int index = 0; index < 4; index++) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                sockets.add(socket);
                ports.add(socket.getLocalPort());
            }
            for (ServerSocket socket : sockets) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
