package dev.purser.edge.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.edge.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionCursorTest {
    private static final String SCOPE = "ledger prj1 test wal1 topup";

    private final PositionCursor cursors =
            new PositionCursor("a secret of the server".getBytes(StandardCharsets.UTF_8));

    @Test
    void isReadBackWhereItWasGivenOut() {
        for (long position : List.of(1L, 77L, Long.MAX_VALUE)) {
            assertThat(cursors.decode(SCOPE, cursors.encode(SCOPE, position))).isEqualTo(position);
        }
    }

    @Test
    void isRefusedEverywhereElse() {
        String cursor = cursors.encode(SCOPE, 77);

        assertThat(List.of("ledger prj2 test wal1 topup", "ledger prj1 test wal1 *", ""))
                .allSatisfy(scope -> assertRefused(cursors, scope, cursor));
        assertRefused(new PositionCursor(new byte[32]), SCOPE, cursor);
    }

    @Test
    void isRefusedWhenASingleCharacterIsChanged() {
        String cursor = cursors.encode(SCOPE, 77);
        for (int i = 0; i < cursor.length(); i++) {
            char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
            assertRefused(cursors, SCOPE, cursor.substring(0, i) + other + cursor.substring(i + 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "!!!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "77"})
    void isRefusedWhenItIsNone(String text) {
        assertRefused(cursors, SCOPE, text);
    }

    @Test
    void wantsAKeyWorthTheName() {
        assertThatThrownBy(() -> new PositionCursor(new byte[15])).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertRefused(PositionCursor cursors, String scope, String cursor) {
        assertThatThrownBy(() -> cursors.decode(scope, cursor)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.status()).isEqualTo(400);
            assertThat(problem.details()).extracting(Problem.Detail::field).containsExactly("cursor");
        });
    }
}
