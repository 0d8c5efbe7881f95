package dev.purser.app.doctor;

import dev.purser.app.database.DatabaseAccess;
import dev.purser.app.database.DatabaseProperties;
import dev.purser.app.database.EmbeddedPostgres;
import dev.purser.app.database.ExternalDatabaseProperties;
import dev.purser.app.storage.DataDirectory;
import dev.purser.app.storage.StartRefused;
import dev.purser.app.storage.StorageProperties;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.function.Consumer;

/** Reaches the database in whatever way there is, then lets {@link DatabaseChecks} look at it. */
final class DatabaseCheckup {
    private final ExternalDatabaseProperties external;
    private final DatabaseProperties properties;
    private final Path data;

    DatabaseCheckup(ExternalDatabaseProperties external, DatabaseProperties properties, StorageProperties storage) {
        this.external = external;
        this.properties = properties;
        this.data = storage.dir().toAbsolutePath().normalize();
    }

    void examine(Consumer<Finding> teller) {
        try {
            if (!external.isAbsent()) {
                examine(external.access(properties.owner()), teller);
            } else if (!Files.isDirectory(data.resolve("postgres"))) {
                teller.accept(Finding.ok("Database", "embedded PostgreSQL, made at the first start"));
            } else if (DataDirectory.isInUse(data)) {
                examine(EmbeddedPostgres.accessOfRunning(data), teller);
            } else {
                examineStopped(teller);
            }
        } catch (StartRefused e) {
            teller.accept(Finding.fail("Database", String.valueOf(e.getMessage())));
        }
    }

    /** Nobody uses the embedded server: it is started for the examination. */
    private void examineStopped(Consumer<Finding> teller) {
        try (DataDirectory directory = DataDirectory.open(data);
                EmbeddedPostgres server = EmbeddedPostgres.start(directory, properties.embedded())) {
            examine(server.access(), teller);
        }
    }

    private static void examine(DatabaseAccess access, Consumer<Finding> teller) {
        DatabaseAccess.Login login = access.application();
        try (Connection connection = DriverManager.getConnection(access.url(), login.username(), login.password())) {
            new DatabaseChecks(connection, access).examine(teller);
        } catch (SQLException e) {
            teller.accept(Finding.fail("Database", access.url() + " does not let " + login + " in: " + e.getMessage()));
        }
    }
}
