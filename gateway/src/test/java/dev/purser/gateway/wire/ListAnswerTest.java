package dev.purser.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListAnswerTest {
    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"data":[1.50,{"x":[2,3]}, "é"],"a":1.0} | 3 | {"data":[1.50,{"x":[2,3]}, "é"],"a":1.0}
        {"a":"é","data":[ ],"b":null}            | 0 | {"data":[ ],"a":"é","b":null}
        {"data":[[]]}                            | 1 | {"data":[[]] }
        """)
    void theListPassesThroughAsItCameAndIsCounted(String json, int count, String again) throws Exception {
        ListAnswer answer = Objects.requireNonNull(ListAnswer.parse(utf8(json)));
        assertThat(answer.count()).isEqualTo(count);
        assertThat(new String(answer.bytes(), StandardCharsets.UTF_8)).isEqualTo(again);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "{\"data\":5}", "{\"data\":[1],\"data\":{}}", "5"})
    void whatHasNoListIsNone(String json) throws Exception {
        assertThat(ListAnswer.parse(utf8(json))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"data\":[1", "{\"data\":[1]", "{\"data\":[1]} x", "{\"data\":[1}}", "{\"data\":[1]}{}"})
    void whatIsBrokenIsRefused(String json) {
        assertThatThrownBy(() -> ListAnswer.parse(utf8(json))).isInstanceOf(WireJson.NotJson.class);
    }

    @Test
    void otherEncodingsAreRefused() {
        assertThatThrownBy(() -> ListAnswer.parse("{\"data\":[1]}".getBytes(StandardCharsets.UTF_16LE)))
                .isInstanceOf(WireJson.NotJson.class)
                .hasMessageContaining("UTF-8");
    }
}
