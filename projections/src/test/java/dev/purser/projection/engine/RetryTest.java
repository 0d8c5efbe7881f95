package dev.purser.projection.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.domain.Money;
import dev.purser.domain.session.SessionCommand.RevokeSession;
import dev.purser.domain.wallet.WalletEvent.UsageDebited;
import dev.purser.domain.wallet.WalletEvent.WalletCredited;
import dev.purser.projection.TestLedger;
import dev.purser.projection.TestLedger.Enrolled;
import dev.purser.projection.TestLedger.Tenant;
import dev.purser.projection.session.SessionProjection;
import dev.purser.projection.wallet.WalletProjection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetryTest {
    private final Failing sessions = new Failing(new SessionProjection());
    private final Failing wallets = new Failing(new WalletProjection());
    private final TestLedger ledger = TestLedger.with(List.of(sessions, wallets));
    private final Projections projections = ledger.projections;
    private final Tenant tenant = ledger.tenant();
    private final Enrolled one = ledger.enrol(tenant, "one");
    private final Enrolled two = ledger.enrol(tenant, "two");

    @BeforeEach
    void start() {
        projections.start();
        ledger.credit(one.wallet(), 10);
        ledger.credit(two.wallet(), 10);
        ledger.settle();
    }

    @AfterEach
    void stop() {
        ledger.close();
    }

    @Test
    void aFixedProjectionTakesWhatWasParkedAndThenEqualsARebuild() {
        wallets.cannotTake(event -> event.payload() instanceof WalletCredited);
        ledger.credit(one.wallet(), 1);
        ledger.call(one, Money.ofDollars(1), Money.ofDollars(1));
        ledger.credit(two.wallet(), 1);
        ledger.settle();
        assertThat(projections.deadLetters())
                .extracting(DeadLetter::sequenceKey)
                .containsExactly(
                        one.wallet().value(),
                        one.wallet().value(),
                        one.wallet().value(),
                        two.wallet().value());

        wallets.fix();
        assertThat(projections.retry("wallet")).isEqualTo(new RetryOutcome(4, 0));

        assertThat(projections.deadLetters()).isEmpty();
        assertThat(projections.awaitStreams(List.of(one.wallet().value()), java.time.Duration.ofSeconds(5)))
                .isTrue();
        equalsARebuild();
    }

    @Test
    void whatFailsAgainStaysWithItsErrorAndSoDoesWhatIsBehindIt() {
        wallets.cannotTake(event -> event.payload() instanceof WalletCredited);
        ledger.credit(one.wallet(), 1);
        ledger.credit(one.wallet(), 2);
        ledger.credit(two.wallet(), 1);
        ledger.settle();

        wallets.cannotTake(event -> event.stream().equals(one.wallet().value()));
        assertThat(projections.retry("wallet")).isEqualTo(new RetryOutcome(1, 2));

        assertThat(projections.deadLetters()).extracting(DeadLetter::attempts).containsExactly(2, 1);
        assertThat(projections.deadLetters().getFirst().error()).contains("a bug");
        assertThat(projections.deadLetters().getFirst().triedAt())
                .isAfter(projections.deadLetters().getFirst().parkedAt());
        assertThat(projections.deadLetterCounts()).containsOnlyKeys("wallet").containsEntry("wallet", 2L);

        wallets.fix();
        assertThat(projections.retry("wallet")).isEqualTo(new RetryOutcome(2, 0));
        equalsARebuild();
    }

    @Test
    void whatOrdersARowIsItsSequenceKeyAndNotTheStream() {
        sessions.cannotTake(event -> event.payload() instanceof UsageDebited);
        ledger.call(one, Money.ofDollars(1), Money.ofDollars(1));
        ledger.send(new RevokeSession(one.session()));
        ledger.credit(one.wallet(), 1);
        ledger.settle();

        // The revocation is of another stream than the bill, and would be taken before it: then the bill would be lost.
        assertThat(projections.deadLetters())
                .hasSize(2)
                .allMatch(letter -> letter.sequenceKey().equals(one.session().value()));

        sessions.fix();
        assertThat(projections.retry("session")).isEqualTo(new RetryOutcome(2, 0));
        equalsARebuild();
    }

    @Test
    void aRebuildOfAFixedProjectionHasNoDeadLettersEither() {
        wallets.cannotTake(event -> event.payload() instanceof WalletCredited);
        ledger.credit(one.wallet(), 1);
        ledger.settle();

        assertThat(ledger.rebuild().comparisons()).anyMatch(table -> !table.isEqual());
        assertThat(projections.deadLetters())
                .as("every credit fails in the rebuild, with what is behind it")
                .hasSize(3);

        wallets.fix();
        ledger.rebuild();
        assertThat(projections.deadLetters()).isEmpty();
        equalsARebuild();
    }

    @Test
    void anUnknownProjectionIsNamed() {
        assertThatThrownBy(() -> projections.retry("nobody")).hasMessageContaining("nobody");
    }

    private void equalsARebuild() {
        List<String> rows = ledger.dump();
        assertThat(ledger.rebuild().comparisons()).allMatch(TableComparison::isEqual);
        assertThat(ledger.dump()).isEqualTo(rows);
    }
}
