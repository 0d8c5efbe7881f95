package dev.purser.app.database;

import dev.purser.app.storage.StartRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** A PostgreSQL that somebody else runs, under Spring's usual names (SPRING_DATASOURCE_URL and so on). */
@Validated
@ConfigurationProperties("spring.datasource")
public record ExternalDatabaseProperties(
        @Nullable String url,
        @Nullable String username,
        @Nullable String password) {

    /** Whether the embedded PostgreSQL is to be used, because no other was named. */
    public boolean isAbsent() {
        return url == null || url.isBlank();
    }

    /** The two roles; without an owner of its own the application's role migrates as well. */
    public DatabaseAccess access(DatabaseProperties.Owner owner) {
        String address = required("SPRING_DATASOURCE_URL", url);
        if (!address.startsWith("jdbc:postgresql:")) {
            throw new StartRefused(
                    "SPRING_DATASOURCE_URL must begin with jdbc:postgresql: (Purser runs on PostgreSQL 18).");
        }
        DatabaseAccess.Login application = new DatabaseAccess.Login(
                required("SPRING_DATASOURCE_USERNAME", username), required("SPRING_DATASOURCE_PASSWORD", password));
        if (owner.username() == null || owner.username().isBlank()) {
            return new DatabaseAccess(address, application, application);
        }
        String ownerPassword = required("PURSER_DATABASE_OWNER_PASSWORD", owner.password());
        return new DatabaseAccess(address, new DatabaseAccess.Login(owner.username(), ownerPassword), application);
    }

    private static String required(String variable, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new StartRefused(variable + " is not set, but a database of your own is named. Set it, or unset "
                    + "SPRING_DATASOURCE_URL to use the embedded PostgreSQL.");
        }
        return value;
    }
}
