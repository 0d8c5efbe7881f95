package dev.purser.eventstore.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.eventstore.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

class SecretsTest {

    private static byte[] key(int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return key;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Nested
    class OfTokens {

        @Test
        void aFingerprintIsTheHmacUnderTheNewestKey() {
            byte[] sequence =
                    HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
            assertThat(new Fingerprints(List.of(sequence)).fingerprint("sk_test_abc"))
                    .isEqualTo("8fc8f432d293b4690cc5ff0dfb0ca80519b8ea29ecddb5c03a8bff3069e089f9");
        }

        @Test
        void aRotatedKeyStillFindsWhatWasStoredUnderIt() {
            String stored = new Fingerprints(List.of(key(1))).fingerprint("token");
            Fingerprints rotated = new Fingerprints(List.of(key(2), key(1)));
            assertThat(rotated.fingerprint("token")).isNotEqualTo(stored);
            assertThat(rotated.candidates("token")).containsExactly(rotated.fingerprint("token"), stored);
        }

        @Test
        void refusesShortAndMissingKeys() {
            assertThatThrownBy(() -> new Fingerprints(List.of(new byte[31])))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new Fingerprints(List.of())).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class OfExternalIds {

        @Test
        void theSameIdInAnotherProjectOrModeIsAnotherEntry() {
            BlindIndex index = new BlindIndex(List.of(key(1)));
            assertThat(List.of(
                            index.entry("p1", "live", "x"),
                            index.entry("p2", "live", "x"),
                            index.entry("p1", "test", "x"),
                            index.entry("p1l", "ive", "x"),
                            index.entry("p1", "live", "y")))
                    .doesNotHaveDuplicates();
            assertThat(index.candidates("p1", "live", "x")).containsExactly(index.entry("p1", "live", "x"));
        }
    }

    @Nested
    class OfAnswers {

        private final byte[] sealed = SealedAnswers.seal("es_token", "POST /v1/sessions", bytes("answer"));

        @Test
        void openForTheirTokenAndPurposeOnly() {
            assertThat(SealedAnswers.open("es_token", "POST /v1/sessions", sealed))
                    .hasValue(bytes("answer"));
            assertThat(SealedAnswers.open("es_other", "POST /v1/sessions", sealed))
                    .isEmpty();
            assertThat(SealedAnswers.open("es_token", "POST /v1/other", sealed)).isEmpty();
        }

        @Test
        void doNotOpenWhenAnyBitWasChanged() {
            for (int i = 0; i < sealed.length; i++) {
                byte[] changed = sealed.clone();
                changed[i] ^= 1;
                assertThat(SealedAnswers.open("es_token", "POST /v1/sessions", changed))
                        .as("byte %d", i)
                        .isEmpty();
            }
            assertThat(SealedAnswers.open("es_token", "POST /v1/sessions", new byte[3]))
                    .isEmpty();
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class OfCustomers {

        private TestDatabase database;

        @BeforeAll
        void start() {
            database = TestDatabase.create();
        }

        @AfterAll
        void stop() {
            database.close();
        }

        @Test
        void aTextIsReadableUntilTheKeyIsErased() {
            Vault vault = new Vault(database.reads(), List.of(key(1)));
            Vault otherNode = new Vault(database.reads(), List.of(key(1)));
            vault.createKey("cus1");
            byte[] sealed = vault.seal("cus1", "anna@example.org");
            assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("anna");
            assertThat(otherNode.unseal("cus1", sealed)).hasValue("anna@example.org");

            vault.erase("cus1");
            assertThat(vault.unseal("cus1", sealed)).isEmpty();
            assertThatThrownBy(() -> vault.seal("cus1", "again")).isInstanceOf(IllegalStateException.class);
            assertThat(new Vault(database.reads(), List.of(key(1))).unseal("cus1", sealed))
                    .isEmpty();
        }

        @Test
        void makingAKeyTwiceKeepsTheFirst() {
            Vault vault = new Vault(database.reads(), List.of(key(1)));
            vault.createKey("cus2");
            byte[] sealed = vault.seal("cus2", "text");
            new Vault(database.reads(), List.of(key(1))).createKey("cus2");
            assertThat(new Vault(database.reads(), List.of(key(1))).unseal("cus2", sealed))
                    .hasValue("text");
        }

        @Test
        void aTextOfOneCustomerIsNotAnothers() {
            Vault vault = new Vault(database.reads(), List.of(key(1)));
            vault.createKey("cus3");
            vault.createKey("cus4");
            byte[] sealed = vault.seal("cus3", "text");
            assertThatThrownBy(() -> vault.unseal("cus4", sealed)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void aRotatedServerKeyStillUnwrapsAndAnUnknownOneIsNamed() {
            Vault before = new Vault(database.reads(), List.of(key(1)));
            before.createKey("cus5");
            byte[] sealed = before.seal("cus5", "text");
            assertThat(new Vault(database.reads(), List.of(key(2), key(1))).unseal("cus5", sealed))
                    .hasValue("text");
            assertThatThrownBy(() -> new Vault(database.reads(), List.of(key(2))).unseal("cus5", sealed))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("server key that is not configured");
        }

        @Test
        void aKeyReadWhileItWasBeingErasedIsNotKept() {
            KeyCache cache = new KeyCache();
            long before = cache.erasures();
            cache.forget("cus6");
            cache.put("cus6", key(1), before);
            assertThat(cache.get("cus6")).isNull();
            cache.put("cus6", key(1), cache.erasures());
            assertThat(cache.get("cus6")).isEqualTo(key(1));
        }
    }
}
