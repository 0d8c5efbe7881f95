package dev.purser.eventstore.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Golden vectors of the stored hashes. They never change: auditors verify old events with them. */
class EventHashTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final String STREAM = "wal0000000000000000000001";
    private static final UUID EVENT_ID = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
    private static final Instant OCCURRED_AT = Instant.parse("2026-01-02T03:04:05.678901Z");
    private static final byte[] METADATA = HEX.parseHex("010004616e6e61");
    private static final byte[] PAYLOAD = "{\"amount\":1000000000}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] SALT = HEX.parseHex("000102030405060708090a0b0c0d0e0f");

    private static byte[] first() {
        return EventHash.contentHash(
                STREAM,
                0,
                "WalletCredited",
                (short) 1,
                EVENT_ID,
                OCCURRED_AT,
                METADATA,
                PAYLOAD,
                SALT,
                EventHash.none());
    }

    @Test
    void theFirstEventOfAStreamHasItsGoldenHash() {
        assertThat(HEX.formatHex(first()))
                .isEqualTo("7d9b88e262738f44148532a98c1c970df46f7f6f40c2c42e729ae36420487f14");
    }

    @Test
    void aLaterEventHasItsGoldenHash() {
        byte[] second = EventHash.contentHash(
                STREAM,
                1,
                "Größe",
                (short) 2,
                EVENT_ID,
                Instant.parse("1969-12-31T23:59:59.999999Z"),
                new byte[0],
                new byte[0],
                SALT,
                first());
        assertThat(HEX.formatHex(second)).isEqualTo("6c417a4e6e4db52db5a13ee4e8eddad266bdb099c11e4a9ecc82744b2df67ae1");
    }

    @Test
    void theLeafHasItsGoldenHash() {
        byte[] leaf = EventHash.leaf(first(), Instant.parse("2026-01-02T03:04:05.700000Z"));
        assertThat(HEX.formatHex(leaf)).isEqualTo("582fb0e48819b40ed392574d8ae6072281f9f7ee5964acb32510d024a74af3f7");
    }

    @Test
    void theHashesAreWhatTheDocumentedLayoutSays() throws Exception {
        ByteArrayOutputStream layout = new ByteArrayOutputStream();
        layout.writeBytes(HEX.parseHex("00000019"));
        layout.writeBytes(STREAM.getBytes(StandardCharsets.UTF_8));
        layout.writeBytes(HEX.parseHex("00000008" + "0000000000000000"));
        layout.writeBytes(HEX.parseHex("0000000e"));
        layout.writeBytes("WalletCredited".getBytes(StandardCharsets.UTF_8));
        layout.writeBytes(HEX.parseHex("00000002" + "0001"));
        layout.writeBytes(HEX.parseHex("00000010" + "01890a5dac96774bbcceb302099a8057"));
        // 1767323045678901 microseconds
        layout.writeBytes(HEX.parseHex("00000008" + "0006475ef6574f35"));
        layout.writeBytes(HEX.parseHex("00000007"));
        layout.writeBytes(METADATA);
        layout.writeBytes(HEX.parseHex("00000015"));
        layout.writeBytes(PAYLOAD);
        layout.writeBytes(HEX.parseHex("00000010"));
        layout.writeBytes(SALT);
        layout.writeBytes(HEX.parseHex("00000020" + "00".repeat(32)));
        byte[] contentHash = MessageDigest.getInstance("SHA-256").digest(layout.toByteArray());
        assertThat(first()).isEqualTo(contentHash);

        ByteArrayOutputStream leaf = new ByteArrayOutputStream();
        leaf.write(0);
        leaf.writeBytes(contentHash);
        // 1767323045700000 microseconds
        leaf.writeBytes(HEX.parseHex("0006475ef657a1a0"));
        assertThat(EventHash.leaf(first(), Instant.parse("2026-01-02T03:04:05.700000Z")))
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(leaf.toByteArray()));
    }
}
