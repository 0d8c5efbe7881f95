package dev.purser.eventstore.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PayloadDictionaryTest {

    private final PayloadDictionary dictionary =
            PayloadDictionary.of(List.of("{\"id\":\"", "\",\"amount\":", "\",\"amount\":0", "true", "aab"));

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String stored(String json) {
        return HexFormat.of().formatHex(dictionary.shorten(utf8(json)));
    }

    // Stored events are read by these bytes for ever.
    @Test
    void storesEntriesAsOneByteTheLongestFirst() {
        assertThat(stored("{\"id\":\"x\",\"amount\":12}")).isEqualTo("01" + "80" + "78" + "81" + "3132" + "7d");
        assertThat(stored("{\"id\":\"x\",\"amount\":02}")).isEqualTo("01" + "80" + "78" + "82" + "32" + "7d");
        assertThat(stored("aaab")).isEqualTo("01" + "61" + "84");
        assertThat(stored("aa")).isEqualTo("01" + "6161");
        assertThat(stored("é")).isEqualTo("01" + "f8c3" + "f8a9");
    }

    @Test
    void givesBackWhateverWasStored() {
        SplittableRandom random = new SplittableRandom(42);
        List<String> pieces =
                List.of("{\"id\":\"", "\",\"amount\":", "0", "tru", "true", "aa", "b", "é", "€", "\u0001", "{", " ");
        for (int round = 0; round < 2_000; round++) {
            StringBuilder json = new StringBuilder("{");
            IntStream.range(0, random.nextInt(30)).forEach(_ -> json.append(pieces.get(random.nextInt(pieces.size()))));
            byte[] text = utf8(json.toString());
            assertThat(dictionary.expand(dictionary.shorten(text)))
                    .as(json.toString())
                    .isEqualTo(text);
        }
    }

    @Test
    void readsWhatWasStoredBeforeThereWasADictionary() {
        byte[] json = utf8("{\"id\":\"x\"}");
        assertThat(dictionary.expand(json)).isEqualTo(json);
        assertThat(PayloadDictionary.none().shorten(json)).isEqualTo(json);
    }

    @Test
    void refusesWhatANewerVersionStored() {
        assertThatThrownBy(() -> dictionary.expand(new byte[] {2, 65})).isInstanceOf(UnknownEventType.class);
        assertThatThrownBy(() -> dictionary.expand(new byte[] {1, (byte) 0x85})).isInstanceOf(UnknownEventType.class);
        assertThatThrownBy(() -> dictionary.expand(new byte[] {1, (byte) 0xF8})).isInstanceOf(UnknownEventType.class);
    }

    @Test
    void refusesADictionaryThatCouldNotBeRead() {
        assertThatThrownBy(() -> PayloadDictionary.of(List.of("ab", "ab")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PayloadDictionary.of(List.of("é!"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PayloadDictionary.of(List.of("a"))).isInstanceOf(IllegalArgumentException.class);
        List<String> tooMany =
                IntStream.range(0, 121).mapToObj(index -> "entry" + index).toList();
        assertThatThrownBy(() -> PayloadDictionary.of(tooMany)).isInstanceOf(IllegalArgumentException.class);
    }
}
