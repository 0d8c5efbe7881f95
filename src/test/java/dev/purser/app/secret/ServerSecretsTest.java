package dev.purser.app.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.app.storage.DataDirectory;
import dev.purser.app.storage.StartRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerSecretsTest {
    private static final SecretProperties NOTHING_SAID = new SecretProperties(
            new SecretProperties.Fingerprint(List.of()), new SecretProperties.Encryption(List.of()));

    @TempDir
    private Path temporary;

    @Test
    void makesKeysOnceAndKeepsThemForItsOwnerOnly() throws Exception {
        try (DataDirectory data = DataDirectory.open(temporary.resolve("data"))) {
            ServerSecrets first = ServerSecrets.load(NOTHING_SAID, data);
            ServerSecrets second = ServerSecrets.load(NOTHING_SAID, data);

            assertThat(first.fingerprintKeys().newestFirst().getFirst())
                    .hasSize(32)
                    .isEqualTo(second.fingerprintKeys().newestFirst().getFirst())
                    .isNotEqualTo(first.encryptionKeys().newestFirst().getFirst());
            Path file = data.resolve("secrets").resolve("fingerprint-keys");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("secrets"))))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void prefersTheKeysOfTheEnvironmentAndKeepsTheirOrder() {
        String newest = SecretKeys.random();
        String older = SecretKeys.random();
        SecretProperties said = new SecretProperties(
                new SecretProperties.Fingerprint(List.of(newest, older)),
                new SecretProperties.Encryption(List.of(older)));

        ServerSecrets secrets = ServerSecrets.load(said, null);

        assertThat(secrets.fingerprintKeys().newestFirst()).hasSize(2);
        assertThat(secrets.fingerprintKeys().newestFirst().getLast())
                .isEqualTo(secrets.encryptionKeys().newestFirst().getFirst());
    }

    @Test
    void refusesToStartWithoutKeysWhereNoneCanBeMade() {
        assertThatThrownBy(() -> ServerSecrets.load(NOTHING_SAID, null))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("PURSER_FINGERPRINT_KEYS is not set")
                .hasMessageContaining("openssl rand -base64 32");
    }

    @Test
    void refusesKeysThatAreShortOrConstantOrNotBase64WithoutShowingThem() {
        for (String bad : List.of("c2hvcnQ=", "*".repeat(44), "A".repeat(43) + "=", "")) {
            assertThatThrownBy(() -> SecretKeys.parse("PURSER_ENCRYPTION_KEYS", List.of(bad)))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("PURSER_ENCRYPTION_KEYS")
                    .satisfies(refusal -> assertThat(bad.isEmpty()
                                    || !String.valueOf(refusal.getMessage()).contains(bad))
                            .isTrue());
        }
    }

    @Test
    void isNeverPrinted() {
        String key = SecretKeys.random();

        assertThat(SecretKeys.parse("x", List.of(key))).hasToString("1 keys");
        assertThat(new SecretProperties.Encryption(List.of(key)).toString()).doesNotContain(key);
    }

    @Test
    void noticesALostKeyAndLetsAnOldOneStandBehindANewOne() {
        SecretKeys old = SecretKeys.parse("x", List.of(SecretKeys.random()));
        String oldEncoded = Base64.getEncoder().encodeToString(old.newestFirst().getFirst());
        KeyChecks remembered = KeyChecks.of(new ServerSecrets(old, old));
        SecretKeys rotated = SecretKeys.parse("x", List.of(SecretKeys.random(), oldEncoded));
        SecretKeys other = SecretKeys.parse("x", List.of(SecretKeys.random()));

        remembered.refuseUnlessAmong(new ServerSecrets(rotated, rotated));
        assertThatThrownBy(() -> remembered.refuseUnlessAmong(new ServerSecrets(rotated, other)))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("encryption keys");
    }
}
