package dev.purser.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The packed product as a child process with a data directory and ports of its own. It is used as anybody would use it:
 * through its ports, its environment and the files it documents.
 */
final class Product implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofMinutes(1);
    private static final Duration EXIT_LIMIT = Duration.ofSeconds(20);
    private static final Path TARGET =
            Path.of(System.getProperty("basedir", ".")).resolve("target");

    private static final class Shared {
        private static final Product PRODUCT = new Product("shared", Map.of());
    }

    private final String name;
    private final Path dataDirectory;
    private final Path log;
    private final Map<String, String> environment;
    private final int apiPort;
    private final int gatewayPort;
    private final int sandboxPort;
    private final int managementPort;
    private final Thread stopAtExit = new Thread(this::leaveNothingBehind);
    private @Nullable Process process;

    /** The one that tests share; whoever uses it makes a tenant of its own. */
    static Product shared() {
        return Shared.PRODUCT;
    }

    /** Runs a command of the product's to its end; answers what it prints. */
    static String command(Map<String, String> settings, String... arguments) {
        try {
            Path errors = Files.createTempFile("purser-e2e-", ".err");
            List<String> line = new ArrayList<>(commandLine());
            line.addAll(List.of(arguments));
            ProcessBuilder builder = new ProcessBuilder(line).redirectError(errors.toFile());
            inherit(builder, settings);
            Process running = builder.start();
            String printed = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (running.waitFor() != 0) {
                throw new AssertionError(printed + Files.readString(errors));
            }
            Files.delete(errors);
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Starts a product with a fresh data directory and waits until it is healthy. */
    Product(String name, Map<String, String> settings) {
        this.name = name;
        try {
            Path logs = Files.createDirectories(TARGET.resolve("e2e-logs"));
            log = logs.resolve(name + ".log").toAbsolutePath();
            Files.deleteIfExists(log);
            dataDirectory = Files.createTempDirectory("purser-e2e-").resolve("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Integer> ports = freePorts(4);
        apiPort = ports.get(0);
        gatewayPort = ports.get(1);
        sandboxPort = ports.get(2);
        managementPort = ports.get(3);
        environment = new HashMap<>(Map.of(
                "PURSER_DATA_DIR",
                dataDirectory.toString(),
                "PURSER_API_PORT",
                String.valueOf(apiPort),
                "PURSER_GATEWAY_PORT",
                String.valueOf(gatewayPort),
                "PURSER_SANDBOX_PORT",
                String.valueOf(sandboxPort),
                "PURSER_MANAGEMENT_PORT",
                String.valueOf(managementPort),
                "PURSER_GATEWAY_CATALOGUE_FILE",
                Upstream.shared().catalogue().toString(),
                // A stream without end is read on for half a minute by default; a test need not wait that long.
                "PURSER_GATEWAY_DRAIN",
                "3s",
                Upstream.KEY_VARIABLE,
                Upstream.KEY));
        environment.putAll(settings);
        Runtime.getRuntime().addShutdownHook(stopAtExit);
        start();
    }

    Api api() {
        return Api.on(URI.create("http://127.0.0.1:" + apiPort));
    }

    Api gateway() {
        return Api.on(URI.create("http://127.0.0.1:" + gatewayPort));
    }

    /** The play-money Stripe. */
    Api sandbox() {
        return Api.on(URI.create("http://127.0.0.1:" + sandboxPort));
    }

    Api management() {
        return Api.on(URI.create("http://127.0.0.1:" + managementPort));
    }

    int sandboxPort() {
        return sandboxPort;
    }

    int apiPort() {
        return apiPort;
    }

    int gatewayPort() {
        return gatewayPort;
    }

    /** Who it takes itself for, where there are several. */
    String role() {
        return management().get("/actuator/health").text("/components/writer/details/role");
    }

    Path dataDirectory() {
        return dataDirectory;
    }

    Path log() {
        return log;
    }

    /** A key that the first start has written to demo.env. */
    String demo(String variable) {
        try (Stream<String> lines = Files.lines(dataDirectory.resolve("demo.env"))) {
            return lines.map(line -> line.startsWith("export ") ? line.substring("export ".length()) : line)
                    .filter(line -> line.startsWith(variable + "="))
                    .map(line -> unquoted(line.substring(variable.length() + 1)))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(variable + " is not in demo.env"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Api operator() {
        return api().as(demo("PURSER_OPERATOR_KEY"));
    }

    boolean healthy() {
        try {
            Answer answer = management().get("/actuator/health");
            return answer.status() == 200 && "UP".equals(answer.text("/status"));
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    /** SIGKILL to the server alone: its PostgreSQL lives on as an orphan. */
    void kill9() {
        kill(List.of(running().toHandle()));
    }

    /** SIGKILL to the server and its PostgreSQL at once, as far as a process can lose power. */
    void kill9WithDatabase() {
        kill(family());
    }

    /** SIGTERM; answers the exit code. */
    int stop() {
        Process stopped = running();
        stopped.destroy();
        try {
            if (!stopped.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                killEverything();
                throw new AssertionError(name + " did not stop within " + STOP_LIMIT + "\n" + logTail());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        process = null;
        return stopped.exitValue();
    }

    /** Starts again on the same data. */
    void restart() {
        start();
    }

    @Override
    public void close() {
        if (process != null) {
            stop();
        }
        Runtime.getRuntime().removeShutdownHook(stopAtExit);
        leaveNothingBehind();
    }

    private void start() {
        ProcessBuilder builder = new ProcessBuilder(commandLine())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        inherit(builder, environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean demo = !environment.containsKey("SPRING_DATASOURCE_URL");
        waitFor(() -> healthy() && (!demo || Files.exists(dataDirectory.resolve("demo.env"))));
    }

    private static List<String> commandLine() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar().toString());
    }

    /** The settings and nothing of the surroundings'. */
    private static void inherit(ProcessBuilder builder, Map<String, String> settings) {
        builder.environment()
                .keySet()
                .removeIf(variable -> variable.matches("(PURSER|SPRING|STRIPE|LLMGATEWAY|SERVER|MANAGEMENT)_.*"));
        builder.environment().putAll(settings);
    }

    private void waitFor(BooleanSupplier condition) {
        Instant limit = Instant.now().plus(START_LIMIT);
        while (!condition.getAsBoolean()) {
            if (!running().isAlive() || Instant.now().isAfter(limit)) {
                killEverything();
                throw new AssertionError(name + " did not become healthy\n" + logTail());
            }
            pause();
        }
    }

    private Process running() {
        Process present = process;
        if (present == null) {
            throw new IllegalStateException(name + " is not running");
        }
        return present;
    }

    private List<ProcessHandle> family() {
        ProcessHandle server = running().toHandle();
        List<ProcessHandle> family = new ArrayList<>(server.descendants().toList());
        family.addFirst(server);
        return family;
    }

    private void kill(List<ProcessHandle> handles) {
        handles.forEach(ProcessHandle::destroyForcibly);
        handles.forEach(handle -> handle.onExit().join());
        process = null;
    }

    private void killEverything() {
        if (process != null) {
            kill(family());
        }
    }

    /** No process, no shared memory of PostgreSQL's, no data; the log stays. */
    private void leaveNothingBehind() {
        Process last = process;
        try {
            if (last != null) {
                last.destroy();
                if (!last.waitFor(EXIT_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                    killEverything();
                }
            }
        } catch (InterruptedException e) {
            killEverything();
        }
        try (Stream<Path> files = Files.walk(dataDirectory.getParent())) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String logTail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path jar() {
        try (Stream<Path> files = Files.list(TARGET)) {
            return files.filter(file -> file.getFileName().toString().matches("src-[^/]*\\.jar"))
                    .filter(file -> !file.getFileName().toString().matches(".*-(sources|javadoc|tests)\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no packed product in " + TARGET.toAbsolutePath()
                            + "; ./mvnw verify packs it before these tests"))
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String unquoted(String value) {
        return value.replaceAll("^[\"']|[\"']$", "").strip();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Free a moment ago, all different. */
    private static List<Integer> freePorts(int count) {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            List<Integer> ports =
                    sockets.stream().map(ServerSocket::getLocalPort).toList();
            for (ServerSocket socket : sockets) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
