package dev.purser.projection.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EntryIdsTest {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    @Test
    void anIdIsTheEventsNumberInBase62() {
        assertThat(EntryIds.of(new UUID(0, 0))).isEqualTo("ent0000000000000000000000");
        assertThat(EntryIds.of(new UUID(0, 62))).isEqualTo("ent0000000000000000000010");
        assertThat(EntryIds.of(new UUID(-1, -1))).isEqualTo("ent7n42DGM5Tflk9n8mt7Fhc7");
    }

    @Test
    void theDivisionByHandIsThatOfBigNumbers() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            UUID id = new UUID(random.nextLong(), random.nextLong());
            assertThat(EntryIds.of(id)).as("seed %d, %s", seed, id).isEqualTo(slowly(id));
        }
    }

    private static String slowly(UUID id) {
        BigInteger rest = new BigInteger(id.toString().replace("-", ""), 16);
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < 22; i++) {
            BigInteger[] divided = rest.divideAndRemainder(BigInteger.valueOf(62));
            digits.append(DIGITS.charAt(divided[1].intValue()));
            rest = divided[0];
        }
        return "ent" + digits.reverse();
    }
}
