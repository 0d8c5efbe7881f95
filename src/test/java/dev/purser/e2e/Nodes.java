package dev.purser.e2e;

import static org.awaitility.Awaitility.await;

import dev.purser.app.database.DatabaseAccess;
import dev.purser.app.database.DatabaseProperties;
import dev.purser.app.database.EmbeddedPostgres;
import dev.purser.app.secret.SecretKeys;
import dev.purser.app.storage.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Two nodes of the packed product on one PostgreSQL that neither runs, each behind a link of its own to it. */
final class Nodes implements AutoCloseable {
    private static final Path MODULE =
            Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final DataDirectory data;
    private final EmbeddedPostgres server;
    private final String encryptionKey = SecretKeys.random();
    private final String fingerprintKey = SecretKeys.random();
    private final List<DatabaseLink> links = new ArrayList<>();
    private final List<Product> nodes = new ArrayList<>();
    private final List<Integer> internalPorts = new ArrayList<>();

    Nodes(Path directory) {
        this(directory, Map.of());
    }

    /** @param more settings of every node */
    Nodes(Path directory, Map<String, String> more) {
        data = DataDirectory.open(directory);
        server = EmbeddedPostgres.start(
                data, new DatabaseProperties.Embedded(0, MODULE.resolve("target/postgres-programs")));
        String operator = Product.command(database(server.access().url()), "bootstrap");
        for (String name : List.of("a", "b")) {
            DatabaseLink link = new DatabaseLink(server.port());
            int internalPort = freePort();
            Map<String, String> settings = settings(link, internalPort);
            settings.putAll(more);
            Product node = new Product("node-" + name, settings);
            try {
                Files.createDirectories(node.dataDirectory());
                Files.writeString(node.dataDirectory().resolve("demo.env"), operator);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            links.add(link);
            nodes.add(node);
            internalPorts.add(internalPort);
        }
    }

    List<Product> all() {
        return List.copyOf(nodes);
    }

    Product leader() {
        await().atMost(PATIENCE).until(() -> nodes.stream().anyMatch(Nodes::leads));
        return nodes.stream().filter(Nodes::leads).findFirst().orElseThrow();
    }

    Product other(Product node) {
        return nodes.get(1 - nodes.indexOf(node));
    }

    DatabaseLink linkOf(Product node) {
        return links.get(nodes.indexOf(node));
    }

    int internalPortOf(Product node) {
        return internalPorts.get(nodes.indexOf(node));
    }

    byte[] encryptionKey() {
        return Base64.getDecoder().decode(encryptionKey);
    }

    LedgerDatabase openDatabase() {
        DatabaseAccess access = server.access();
        return LedgerDatabase.at(
                access.url(), access.owner().username(), access.owner().password());
    }

    static boolean leads(Product node) {
        return node.healthy() && node.role().equals("leader");
    }

    @Override
    public void close() {
        nodes.forEach(Product::close);
        links.forEach(DatabaseLink::close);
        server.close();
        data.close();
    }

    private Map<String, String> settings(DatabaseLink link, int internalPort) {
        String url = server.access().url().replace(":" + server.port() + "/", ":" + link.port() + "/");
        Map<String, String> settings = database(url);
        settings.put("PURSER_NODE_ADDRESS", "127.0.0.1:" + internalPort);
        settings.put("PURSER_NODE_PORT", String.valueOf(internalPort));
        settings.put("PURSER_DATABASE_POOL_SOCKETTIMEOUT", "5s");
        settings.put("PURSER_DATABASE_POOL_CONNECTIONTIMEOUT", "5s");
        return settings;
    }

    private Map<String, String> database(String url) {
        DatabaseAccess access = server.access();
        return new HashMap<>(Map.of(
                "SPRING_DATASOURCE_URL",
                url,
                "SPRING_DATASOURCE_USERNAME",
                access.application().username(),
                "SPRING_DATASOURCE_PASSWORD",
                access.application().password(),
                "PURSER_DATABASE_OWNER_USERNAME",
                access.owner().username(),
                "PURSER_DATABASE_OWNER_PASSWORD",
                access.owner().password(),
                "PURSER_FINGERPRINT_KEYS",
                fingerprintKey,
                "PURSER_ENCRYPTION_KEYS",
                encryptionKey,
                "PURSER_PAYMENTS",
                "none"));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
