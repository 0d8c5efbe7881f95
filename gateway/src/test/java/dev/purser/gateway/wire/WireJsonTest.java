package dev.purser.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WireJsonTest {
    @Test
    void handsNumbersOnWithTheirDigits() throws Exception {
        String json = "{\"a\":1.50,\"b\":0.1000000000000000055511151231257827,\"c\":123456789012345678901234567890,"
                + "\"d\":-0,\"e\":[1.0,null,true],\"f\":\"ü\\n\"}";
        assertThat(WireJson.text(WireJson.parse(json))).isEqualTo(json.replace("-0", "0"));
    }

    @Test
    void saysWhereButNotWhatWhenItIsNoJson() {
        assertThatThrownBy(() -> WireJson.parse("{\"a\": secretword}"))
                .isInstanceOf(WireJson.NotJson.class)
                .hasMessageContaining("line 1")
                .hasMessageNotContaining("secretword");
        assertThatThrownBy(() -> WireJson.parse("[".repeat(5_000))).isInstanceOf(WireJson.NotJson.class);
        assertThatThrownBy(() -> WireJson.parse("{} {}")).isInstanceOf(WireJson.NotJson.class);
    }
}
