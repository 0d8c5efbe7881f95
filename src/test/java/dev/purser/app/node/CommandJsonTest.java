package dev.purser.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.app.node.CommandJson.Request;
import dev.purser.domain.ClaimTaken;
import dev.purser.domain.Ledger.Cause;
import dev.purser.domain.Ledger.Forget;
import dev.purser.domain.Ledger.Remember;
import dev.purser.domain.LedgerCommand;
import dev.purser.domain.LedgerCommands;
import dev.purser.domain.LedgerUnavailable;
import dev.purser.domain.Rejected;
import dev.purser.domain.Rejection;
import dev.purser.domain.wallet.WalletCommand.FreezeWallet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommandJsonTest {
    private static final Cause CAUSE = new Cause("key1", "req1");
    private static final LedgerCommand<?> SOME = SampleCommands.all().getFirst().command();

    static List<SampleCommands.Sample<?>> samples() {
        return SampleCommands.all();
    }

    static List<Rejection> rejections() {
        return SampleCommands.rejections();
    }

    @Test
    void everyCommandAndEveryRejectionHasASample() {
        assertThat(samples().stream()
                        .<Class<?>>map(sample -> sample.command().getClass())
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(LedgerCommands.types());
        assertThat(rejections().stream().<Class<?>>map(Rejection::getClass))
                .containsExactlyInAnyOrder(Rejection.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aCommandArrivesAsItWasSent(SampleCommands.Sample<?> sample) {
        Request arrived = CommandJson.request(CommandJson.request(new Request(sample.command(), CAUSE, null, null)));

        assertThat(arrived).isEqualTo(new Request(sample.command(), CAUSE, null, null));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void itsResultComesBackAsItWasDecided(SampleCommands.Sample<?> sample) {
        assertThat(CommandJson.outcome(sample.command(), CommandJson.answered(sample.result())))
                .isEqualTo(new Outcome.Answered<>(sample.result()));
    }

    @ParameterizedTest
    @MethodSource("rejections")
    void aRejectionComesBackWithItsFigures(Rejection rejection) {
        assertThat(refusal(rejection.asException()))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.rejection()).isEqualTo(rejection));
    }

    @Test
    void theOtherFailuresOfALedgerComeBackAsThemselves() {
        assertThat(refusal(new ClaimTaken("idempotency")))
                .isInstanceOfSatisfying(
                        ClaimTaken.class, taken -> assertThat(taken.table()).isEqualTo("idempotency"));
        assertThat(refusal(new LedgerUnavailable("full", true, new IllegalStateException())))
                .isInstanceOfSatisfying(
                        LedgerUnavailable.class,
                        unavailable -> assertThat(unavailable.outcomeKnown()).isTrue());
        assertThat(outcome(new LedgerUnavailable("gone", false, new IllegalStateException())))
                .isInstanceOf(Outcome.Doubtful.class);
        assertThat(CommandJson.failed(new IllegalStateException("a bug"))).isNull();
    }

    @Test
    void whatIsStoredWithACommandGoesAlong() {
        byte[] hash = {1, 2};
        byte[] answer = {3};
        Remember<?> remember = Objects.requireNonNull(CommandJson.request(CommandJson.request(
                        new Request(SOME, CAUSE, Remember.constant("s", "k", hash, 409, answer), null)))
                .remember());

        assertThat(List.of(remember.scope(), remember.key(), remember.status())).isEqualTo(List.of("s", "k", 409));
        assertThat(remember.requestHash()).isEqualTo(hash);
        assertThat(remember.constantAnswer().orElseThrow()).isEqualTo(answer);
        assertThat(CommandJson.request(CommandJson.request(new Request(SOME, CAUSE, null, new Forget("s", "k"))))
                        .forget())
                .isEqualTo(new Forget("s", "k"));
    }

    @Test
    void anAnswerMadeOfTheResultStaysOnItsNode() {
        Remember<Object> made = new Remember<>("s", "k", new byte[0], 200, _ -> new byte[0]);

        assertThatThrownBy(() -> CommandJson.request(new Request(SOME, CAUSE, made, null)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("only be stored by the node that decides");
    }

    @Test
    void whatANewerVersionAddsIsIgnoredAndWhatItInventsIsRefused() {
        byte[] newer = json("""
            {"type":"FreezeWallet","command":{"walletId":"wal1","reason":"operator","until":"soon"},\
            "cause":{"actor":"a","requestId":"r","trace":"t"},"priority":1}\
            """);

        assertThat(CommandJson.request(newer).command()).isInstanceOf(FreezeWallet.class);
        assertThatThrownBy(() -> CommandJson.request(json("""
            {"type":"LendCredits","command":{},"cause":{"actor":"a","requestId":"r"}}\
            """)))
                .isInstanceOf(CommandJson.Unreadable.class)
                .hasMessageContaining("LendCredits");
        Stream.of("", "[", "null", "{}", "{\"type\":\"FreezeWallet\"}")
                .forEach(broken -> assertThatThrownBy(() -> CommandJson.request(json(broken)))
                        .as(broken)
                        .isInstanceOf(CommandJson.Unreadable.class));
    }

    @Test
    void anOutcomeThatCannotBeReadIsInDoubt() {
        assertThat(Arrays.asList("{}", "[]", "{\"answered\":7}", "{\"later\":{}}", "x"))
                .allSatisfy(broken ->
                        assertThat(CommandJson.outcome(SOME, json(broken))).isInstanceOf(Outcome.Doubtful.class));
    }

    private static RuntimeException refusal(RuntimeException failure) {
        if (outcome(failure) instanceof Outcome.Refused<?>(RuntimeException refusal)) {
            return refusal;
        }
        throw new AssertionError("not refused: " + failure);
    }

    private static Outcome<?> outcome(RuntimeException failure) {
        return CommandJson.outcome(SOME, Objects.requireNonNull(CommandJson.failed(failure)));
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
