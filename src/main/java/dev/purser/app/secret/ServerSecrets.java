package dev.purser.app.secret;

import dev.purser.app.storage.DataDirectory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys this server works with.
 *
 * @param fingerprintKeys key the fingerprints under which tokens and external ids are found
 * @param encryptionKeys wrap the customers' keys and seal what is secret at rest
 */
public record ServerSecrets(SecretKeys fingerprintKeys, SecretKeys encryptionKeys) {

    /**
     * From the environment; with the embedded database ({@code data} given) made once and kept in the data directory, so
     * that the first start needs no preparation.
     */
    public static ServerSecrets load(SecretProperties properties, @Nullable DataDirectory data) {
        return new ServerSecrets(
                load("PURSER_FINGERPRINT_KEYS", properties.fingerprint().keys(), data, "fingerprint-keys"),
                load("PURSER_ENCRYPTION_KEYS", properties.encryption().keys(), data, "encryption-keys"));
    }

    private static SecretKeys load(
            String variable, List<String> configured, @Nullable DataDirectory data, String fileName) {
        if (!configured.isEmpty() || data == null) {
            return SecretKeys.parse(variable, configured);
        }
        String content = data.secret(fileName, SecretKeys::random);
        return SecretKeys.parse("the file secrets/" + fileName, content.lines().toList());
    }
}
