package dev.purser.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fresh installation of the packaged product, made by its own first command: its database cluster, with the product's
 * settings, roles, tables and secrets, is the one that everything here is measured on.
 *
 * @param directory holds the data directory and the logs of this run
 * @param launcher starts the packaged product
 * @param postgresPort where its database listens, in whoever's hands it is
 * @param operatorKey opens the administrative routes
 */
record Installation(Path directory, Path launcher, int postgresPort, String operatorKey) {
    private static final Pattern OPERATOR_KEY = Pattern.compile("PURSER_OPERATOR_KEY=(\\S+)");

    static Installation make(Path directory, Path launcher) throws IOException, InterruptedException {
        Installation unused = new Installation(directory, launcher, freePort(), "");
        Files.createDirectories(directory);
        Path output = directory.resolve("bootstrap.log");
        int exitCode = unused.process("bootstrap")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        Matcher key = OPERATOR_KEY.matcher(Files.readString(output));
        if (exitCode != 0 || !key.find()) {
            throw new IllegalStateException(launcher + " bootstrap failed, see " + output);
        }
        return new Installation(directory, launcher, unused.postgresPort, key.group(1));
    }

    Path data() {
        return directory.resolve("data");
    }

    String secret(String name) {
        try {
            return Files.readString(data().resolve("secrets").resolve(name)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The product on this installation's data, not yet started. */
    ProcessBuilder process(String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(launcher.toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().keySet().removeIf(name -> name.matches("(PURSER|SPRING|STRIPE|SERVER|MANAGEMENT)_.*"));
        builder.environment().putAll(environment());
        return builder;
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("PURSER_DATA_DIR", data().toString());
        environment.put("PURSER_PAYMENTS", "sandbox");
        environment.put("PURSER_DEMO", "false");
        environment.put("PURSER_DATABASE_EMBEDDED_PORT", Integer.toString(postgresPort));
        return environment;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
