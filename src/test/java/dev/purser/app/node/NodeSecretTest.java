package dev.purser.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeSecretTest {
    private static final byte[] OLD = key(1);
    private static final byte[] NEW = key(2);
    private final NodeSecret before = NodeSecret.of(List.of(OLD));
    private final NodeSecret rotated = NodeSecret.of(List.of(NEW, OLD));

    @Test
    void nodesOfOneInstallationKnowEachOtherAlsoWhileKeysAreRotated() {
        assertThat(before.accepts(before.shown())).isTrue();
        assertThat(before.accepts(rotated.shown())).isTrue();
        assertThat(rotated.accepts(before.shown())).isTrue();
    }

    @Test
    void nobodyElseIsKnown() {
        NodeSecret other = NodeSecret.of(List.of(key(3)));

        assertThat(before.accepts(other.shown())).isFalse();
        assertThat(Arrays.asList(
                        null,
                        "",
                        ",",
                        " ",
                        "Bearer " + before.shown(),
                        before.shown().substring(1)))
                .allSatisfy(shown -> assertThat(before.accepts(shown)).isFalse());
    }

    @Test
    void theKeyItselfIsNotShown() {
        assertThat(before.shown()).matches("[0-9a-f]{64}").doesNotContain("0101010101");
    }

    private static byte[] key(int value) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) value);
        return key;
    }
}
