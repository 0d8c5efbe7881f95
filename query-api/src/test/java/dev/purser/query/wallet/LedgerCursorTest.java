package dev.purser.query.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.domain.Mode;
import dev.purser.domain.ProjectId;
import dev.purser.domain.WalletId;
import dev.purser.edge.Problem;
import dev.purser.projection.entry.EntryType;
import dev.purser.query.wallet.LedgerCursor.Scope;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerCursorTest {
    private static final Scope SCOPE =
            new Scope(new ProjectId("prj1"), Mode.TEST, new WalletId("wal1"), EntryType.TOPUP);

    private final LedgerCursor cursors = new LedgerCursor("a secret of the server".getBytes(StandardCharsets.UTF_8));

    @Test
    void isReadBackWhereItWasGivenOut() {
        for (long position : List.of(1L, 77L, Long.MAX_VALUE)) {
            assertThat(cursors.decode(SCOPE, cursors.encode(SCOPE, position))).isEqualTo(position);
        }
    }

    @Test
    void isRefusedEverywhereElse() {
        String cursor = cursors.encode(SCOPE, 77);
        List<Scope> others = List.of(
                new Scope(new ProjectId("prj2"), Mode.TEST, new WalletId("wal1"), EntryType.TOPUP),
                new Scope(new ProjectId("prj1"), Mode.LIVE, new WalletId("wal1"), EntryType.TOPUP),
                new Scope(new ProjectId("prj1"), Mode.TEST, new WalletId("wal2"), EntryType.TOPUP),
                new Scope(new ProjectId("prj1"), Mode.TEST, new WalletId("wal1"), EntryType.BONUS),
                new Scope(new ProjectId("prj1"), Mode.TEST, new WalletId("wal1"), null));

        assertThat(others).allSatisfy(scope -> assertRefused(cursors, scope, cursor));
        assertRefused(new LedgerCursor(new byte[32]), SCOPE, cursor);
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
        assertThatThrownBy(() -> new LedgerCursor(new byte[15])).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertRefused(LedgerCursor cursors, Scope scope, String cursor) {
        assertThatThrownBy(() -> cursors.decode(scope, cursor)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.status()).isEqualTo(400);
            assertThat(problem.details()).extracting(Problem.Detail::field).containsExactly("cursor");
        });
    }
}
