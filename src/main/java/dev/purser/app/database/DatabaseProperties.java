package dev.purser.app.database;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How Purser uses its database.
 *
 * @param owner the role that migrates a separate database; unused with the embedded one
 */
@Validated
@ConfigurationProperties("purser.database")
public record DatabaseProperties(
        @Valid @NotNull @DefaultValue Owner owner,
        @Valid @NotNull @DefaultValue Embedded embedded,
        @Valid @NotNull @DefaultValue Pool pool) {

    /** The role that owns the tables, apart from the one that the running application uses. */
    public record Owner(@Nullable String username, @Nullable String password) {}

    /**
     * The PostgreSQL that Purser runs itself when no other is named.
     *
     * @param port 0 takes a free one at each start
     * @param binariesDir where the server's programs are unpacked; below the data directory when not given
     */
    public record Embedded(
            @Min(0) @Max(65_535) @DefaultValue("0") int port,
            @Nullable Path binariesDir) {}

    /**
     * The application's connections. Commands do not use them (they have the writer's own connection); reads,
     * projections and inline look-ups do, so a few more than the processors of the database are enough.
     */
    public record Pool(
            @Min(2) @Max(500) @DefaultValue("16") int maximumSize,
            @NotNull @DefaultValue("20s") Duration connectionTimeout,
            @NotNull @DefaultValue("60s") Duration socketTimeout) {}
}
