package dev.purser.app.secret;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The server's own keys: base64 of 32 random bytes each, newest first, so that a key can be replaced while what the old one
 * made is still read.
 */
@Validated
@ConfigurationProperties("purser")
public record SecretProperties(
        @Valid @NotNull @DefaultValue Fingerprint fingerprint,
        @Valid @NotNull @DefaultValue Encryption encryption) {

    /** PURSER_FINGERPRINT_KEYS. */
    public record Fingerprint(@NotNull @DefaultValue List<String> keys) {
        @Override
        public String toString() {
            return keys.size() + " keys";
        }
    }

    /** PURSER_ENCRYPTION_KEYS. */
    public record Encryption(@NotNull @DefaultValue List<String> keys) {
        @Override
        public String toString() {
            return keys.size() + " keys";
        }
    }
}
