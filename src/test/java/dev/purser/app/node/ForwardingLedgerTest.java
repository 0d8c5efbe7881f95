package dev.purser.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.domain.HoldId;
import dev.purser.domain.Ledger;
import dev.purser.domain.Ledger.Cause;
import dev.purser.domain.Ledger.Remember;
import dev.purser.domain.LedgerCommand;
import dev.purser.domain.LedgerUnavailable;
import dev.purser.domain.Money;
import dev.purser.domain.Rejected;
import dev.purser.domain.Rejection.AlreadyExists;
import dev.purser.domain.Rejection.HoldNotOpen;
import dev.purser.domain.Rejection.InsufficientCredits;
import dev.purser.domain.WalletId;
import dev.purser.domain.wallet.FreezeReason;
import dev.purser.domain.wallet.HoldOrigin;
import dev.purser.domain.wallet.WalletCommand.CaptureHold;
import dev.purser.domain.wallet.WalletCommand.FreezeWallet;
import dev.purser.domain.wallet.WalletCommand.HoldCredits;
import dev.purser.domain.wallet.WalletCommand.RenewHold;
import dev.purser.domain.wallet.WalletView;
import dev.purser.edge.error.DecidedElsewhere;
import dev.purser.eventstore.NotLeading;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against another node played by a small server: what is repeated, what is not, and what the caller is told. */
class ForwardingLedgerTest {
    private static final Cause CAUSE = new Cause("ses1", "req1");
    private static final WalletId WALLET = new WalletId("wal1");
    private static final HoldId HOLD = new HoldId("req1");
    private static final HoldCredits HOLDING =
            new HoldCredits(WALLET, HOLD, Money.ofDollars(1), HoldOrigin.GATEWAY, null, null, "m", Instant.EPOCH);
    private static final FreezeWallet FREEZING = new FreezeWallet(WALLET, FreezeReason.OPERATOR);
    private static final CaptureHold CAPTURING =
            new CaptureHold(WALLET, HOLD, HoldOrigin.GATEWAY, Money.ZERO, null, Instant.EPOCH);
    private static final WalletView VIEW = (WalletView) SampleCommands.all().stream()
            .filter(sample -> sample.command() instanceof HoldCredits)
            .findFirst()
            .orElseThrow()
            .result();

    private final OtherNode other = new OtherNode();
    private final FakeLeads leads = new FakeLeads();
    private final LocalLedger here = new LocalLedger();
    private final NodeClient client = new NodeClient(NodeSecret.of(List.of(new byte[] {7})));
    private final ForwardingLedger ledger = new ForwardingLedger(here, leads, client, Duration.ofMillis(500));

    @AfterEach
    void close() {
        client.close();
        other.close();
    }

    @Test
    void decidesHereWhileThisNodeLeads() {
        leads.here = true;
        here.answer = () -> VIEW;

        assertThat(ledger.send(HOLDING, CAUSE)).isEqualTo(VIEW);
        assertThat(other.commands()).isEmpty();
    }

    @Test
    void asksTheNodeThatLeadsAndAnswersAsItAnswers() {
        leads.other = other.lead("1");
        other.answers(CommandJson.answered(VIEW));
        other.answers(new InsufficientCredits(Money.ofDollars(1), Money.ZERO).asException());

        assertThat(ledger.send(HOLDING, CAUSE)).isEqualTo(VIEW);
        assertThatThrownBy(() -> ledger.send(HOLDING, CAUSE)).isInstanceOf(Rejected.class);
        assertThat(other.commands()).containsExactly(HOLDING, HOLDING);
    }

    @Test
    void goesToWhoeverLeadsNextWhenTheLeadMoved() {
        leads.here = true;
        here.answer = () -> {
            leads.here = false;
            leads.other = other.lead("1");
            throw new LedgerUnavailable("lost", true, new NotLeading("lost"));
        };
        other.answersStatus(InternalRoutes.NOT_LEADING);
        other.answers(CommandJson.answered(VIEW));

        assertThat(ledger.send(HOLDING, CAUSE)).isEqualTo(VIEW);
        assertThat(other.commands()).containsExactly(HOLDING, HOLDING);
    }

    @Test
    void saysThatNothingWasStoredWhenNobodyLeadsOrIsReached() throws IOException {
        assertUnavailable(true, FREEZING);
        try (ServerSocket closed = new ServerSocket(0)) {
            leads.other = new Lead("1", "nod2", "127.0.0.1:" + closed.getLocalPort());
        }
        assertUnavailable(true, FREEZING);
    }

    @Test
    void passesOverloadOnAtOnce() {
        leads.other = other.lead("1");
        other.answers(new LedgerUnavailable("full", true, new IOException()));

        assertUnavailable(true, FREEZING);
        assertThat(other.commands()).hasSize(1);
    }

    @Test
    void doesNotRepeatWhatCouldHappenTwice() {
        leads.other = other.lead("1");
        other.hangsUp();

        assertUnavailable(false, FREEZING);
        assertThat(other.commands()).containsExactly(FREEZING);
    }

    @Test
    void repeatsAHoldAndRecognisesItsOwn() {
        leads.other = other.lead("1");
        other.hangsUp();
        other.answers(new AlreadyExists("hold").asException());
        other.answers(CommandJson.answered(VIEW));

        assertThat(ledger.send(HOLDING, CAUSE)).isEqualTo(VIEW);
        assertThat(other.commands())
                .containsExactly(HOLDING, HOLDING, new RenewHold(WALLET, HOLD, Instant.EPOCH, Money.ZERO, null));
    }

    @Test
    void repeatsAHoldThatWasNotStoredAndAnswersAsTheNextLeaderAnswers() {
        leads.other = other.lead("1");
        leads.news = () -> leads.other = other.lead("2");
        other.hangsUp();
        other.answers(new InsufficientCredits(Money.ofDollars(1), Money.ZERO).asException());

        assertThatThrownBy(() -> ledger.send(HOLDING, CAUSE)).isInstanceOf(Rejected.class);
    }

    @Test
    void doesNotBelieveARefusalOfTheLeaderThatMayStillBeAtTheFirstTry() {
        leads.other = other.lead("1");
        other.hangsUp();
        other.answers(new InsufficientCredits(Money.ofDollars(1), Money.ZERO).asException());

        assertUnavailable(false, HOLDING);
    }

    @Test
    void aCaptureRefusedAfterDoubtMayHaveBeenItsOwn() {
        leads.other = other.lead("1");
        other.hangsUp();
        other.answers(new HoldNotOpen().asException());

        assertUnavailable(false, CAPTURING);
        assertThat(other.commands()).containsExactly(CAPTURING, CAPTURING);
    }

    @Test
    void doesNotWaitForALeaderThatIsNoneAnyMore() {
        leads.other = other.lead("1");
        here.answer = () -> VIEW;
        other.holdsItsAnswerUntil(() -> leads.here = true);
        long start = System.nanoTime();

        assertThat(ledger.send(HOLDING, CAUSE)).isEqualTo(VIEW);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void leavesAnAnswerMadeOfTheResultToTheNodeThatDecides() {
        leads.other = other.lead("1");
        Remember<WalletView> made = new Remember<>("s", "k", new byte[0], 200, _ -> new byte[0]);

        assertThatThrownBy(() -> ledger.send(HOLDING, CAUSE, made)).isInstanceOf(DecidedElsewhere.class);
        assertThat(other.commands()).isEmpty();
    }

    private void assertUnavailable(boolean outcomeKnown, LedgerCommand<?> command) {
        assertThatThrownBy(() -> ledger.send(command, CAUSE))
                .isInstanceOfSatisfying(
                        LedgerUnavailable.class,
                        e -> assertThat(e.outcomeKnown()).isEqualTo(outcomeKnown));
    }

    private static final class FakeLeads implements WhoLeads {
        private volatile boolean here;
        private volatile @Nullable Lead other;
        private volatile Runnable news = () -> {};

        @Override
        public boolean isLeading() {
            return here;
        }

        @Override
        public Optional<Lead> otherLead() {
            return Optional.ofNullable(other);
        }

        @Override
        public void awaitNews(Duration atMost) {
            news.run();
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static final class LocalLedger implements Ledger {
        private Supplier<Object> answer = () -> {
            throw new AssertionError("decided here");
        };

        @Override
        @SuppressWarnings("unchecked") // each test gives the result of its command
        public <R> R send(LedgerCommand<R> command, Cause cause) {
            return (R) answer.get();
        }

        @Override
        public <R> R send(LedgerCommand<R> command, Cause cause, Remember<R> remember) {
            return send(command, cause);
        }

        @Override
        public <R> R send(LedgerCommand<R> command, Cause cause, Forget forget) {
            return send(command, cause);
        }
    }
}
