package dev.purser.app.storage;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** Where Purser keeps its files. */
@Validated
@ConfigurationProperties("purser.data")
public record StorageProperties(
        @NotNull @DefaultValue("./data") Path dir) {}
