package dev.purser.eventstore.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Golden bytes of stored metadata: never to change. */
class MetadataFormatTest {

    private static final HexFormat HEX = HexFormat.of();

    @Test
    void wellKnownKeysTakeOneByteAndStandInTheOrderOfTheirCodes() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("idempotencyKey", "7");
        metadata.put("session", "6");
        metadata.put("origin", "5");
        metadata.put("causation", "4");
        metadata.put("correlation", "3");
        metadata.put("requestId", "2");
        metadata.put("actor", "anna");
        assertThat(HEX.formatHex(MetadataFormat.encode(metadata)))
                .isEqualTo(
                        "010004616e6e61" + "02000132" + "03000133" + "04000134" + "05000135" + "06000136" + "07000137");
        assertThat(MetadataFormat.decode(MetadataFormat.encode(metadata))).isEqualTo(metadata);
    }

    @Test
    void otherKeysFollowInTheirOwnOrderWithTheirNames() {
        Map<String, String> metadata = Map.of("zone", "ä", "area", "", "actor", "a");
        assertThat(HEX.formatHex(MetadataFormat.encode(metadata)))
                .isEqualTo("01000161" + "00" + "000461726561" + "0000" + "00" + "00047a6f6e65" + "0002c3a4");
        assertThat(MetadataFormat.decode(MetadataFormat.encode(metadata))).isEqualTo(metadata);
    }

    @Test
    void noMetadataIsNoBytes() {
        assertThat(MetadataFormat.encode(Map.of())).isEmpty();
        assertThat(MetadataFormat.decode(new byte[0])).isEmpty();
    }

    @Test
    void refusesWhatIsNotOfThisForm() {
        for (String bad : new String[] {"01", "0100", "010005616e6e61", "ff000161", "0000", "00000161"}) {
            assertThatThrownBy(() -> MetadataFormat.decode(HEX.parseHex(bad)))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refusesMoreThanItsLimit() {
        assertThatThrownBy(() -> MetadataFormat.encode(Map.of("actor", "a".repeat(20_000))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
