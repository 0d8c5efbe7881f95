package dev.purser.eventstore.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.eventstore.axon.TimeOrderedIdentifiers;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.axonframework.common.IdentifierFactory;
import org.junit.jupiter.api.Test;

class IdsTest {

    @Test
    void anIdIsItsPrefixAndTwentyTwoDigits() {
        assertThat(Ids.next("wal")).matches("wal[0-9A-Za-z]{22}");
        assertThatThrownBy(() -> Ids.next("wal_")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void encodesTheNumberThatTheBitsAre() {
        for (UUID uuid : List.of(new UUID(0, 0), new UUID(-1, -1), new UUID(0, 61), new UUID(1, 0), UuidV7.next())) {
            assertThat(decode(Base62.encode(uuid)))
                    .isEqualTo(new BigInteger(uuid.toString().replace("-", ""), 16));
        }
        assertThat(Base62.encode(new UUID(0, 0))).isEqualTo("0".repeat(22));
        assertThat(Base62.encode(new UUID(0, 62))).isEqualTo("0".repeat(20) + "10");
    }

    private static BigInteger decode(String digits) {
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < digits.length(); i++) {
            int value = Base62.DIGITS.indexOf(digits.charAt(i));
            number = number.multiply(BigInteger.valueOf(62)).add(BigInteger.valueOf(value));
        }
        return number;
    }

    @Test
    void isAUuidOfVersionSevenAndSortsByTime() {
        UUID uuid = UuidV7.at(1_767_323_045_678L);
        assertThat(uuid.version()).isEqualTo(7);
        assertThat(uuid.variant()).isEqualTo(2);
        assertThat(uuid.getMostSignificantBits() >>> 16).isEqualTo(1_767_323_045_678L);
        assertThat(Base62.encode(UuidV7.at(1_767_323_045_678L)))
                .isLessThan(Base62.encode(UuidV7.at(1_767_323_045_679L)));
    }

    @Test
    void isWhatAxonIdentifiesMessagesWith() {
        assertThat(IdentifierFactory.getInstance()).isInstanceOf(TimeOrderedIdentifiers.class);
        assertThat(UUID.fromString(IdentifierFactory.getInstance().generateIdentifier())
                        .version())
                .isEqualTo(7);
    }

    @Test
    void neverRepeatsOnManyThreads() throws InterruptedException {
        List<Set<String>> made = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Set<String> own = new HashSet<>();
            made.add(own);
            threads.add(Thread.startVirtualThread(() -> {
                for (int j = 0; j < 5_000; j++) {
                    own.add(Ids.next("wal"));
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Set<String> all = new HashSet<>();
        made.forEach(all::addAll);
        assertThat(all).hasSize(40_000);
    }

    @Test
    void aTokenIsItsPrefixAndFortyDigitsOfEqualFrequency() {
        assertThat(Tokens.next("sk_test_")).matches("sk_test_[0-9A-Za-z]{40}");
        int[] counts = new int[62];
        int drawn = 62 * 4_000;
        String digits = Tokens.digits(drawn);
        for (int i = 0; i < drawn; i++) {
            counts[Base62.DIGITS.indexOf(digits.charAt(i))]++;
        }
        // 4,000 expected of each, standard deviation about 63: eight of them are never met by chance.
        for (int count : counts) {
            assertThat(count).isBetween(3_500, 4_500);
        }
    }
}
