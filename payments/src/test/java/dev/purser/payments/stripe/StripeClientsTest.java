package dev.purser.payments.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.edge.Problem;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StripeClientsTest {
    private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

    @Test
    void withoutPaymentsEveryModeIsRefused() {
        StripeClients none = new StripeClients(null);
        assertThat(none.all()).isEmpty();
        for (Mode mode : Mode.values()) {
            assertThatThrownBy(() -> none.require(mode))
                    .isInstanceOfSatisfying(
                            Problem.class,
                            problem -> assertThat(problem.status()).isEqualTo(409))
                    .hasMessageContaining(mode.wireName());
        }
    }

    @Test
    void aModeWithoutAKeyIsRefusedBesideOneThatHasOne() {
        StripeClients liveOnly = new StripeClients(settings());
        assertThat(liveOnly.of(Mode.LIVE)).isPresent();
        assertThatThrownBy(() -> liveOnly.require(Mode.TEST)).isInstanceOf(Problem.class);
    }

    @Test
    void aStripeThatCannotBeReachedSaysNothingAboutTheOutcome() {
        StripeApi api = new StripeClients(settings()).require(Mode.LIVE);
        assertThatThrownBy(() -> api.account("acct_1")).isInstanceOfSatisfying(StripeFailure.class, failure -> {
            assertThat(failure.outcome()).isEqualTo(StripeFailure.Outcome.UNKNOWN);
            assertThat(failure.asProblem().status()).isEqualTo(503);
            assertThat(failure.asProblem().message()).doesNotContain("127.0.0.1", "sk_live");
        });
    }

    @Test
    void keysAreInNoText() {
        assertThat(settings().toString()).doesNotContain("sk_live");
    }

    @Test
    void centsAreExact() {
        assertThat(Cents.of(new Money(10_500_000_000L))).isEqualTo(1_050);
        assertThat(Cents.money(1_050)).isEqualTo(new Money(10_500_000_000L));
        assertThatThrownBy(() -> Cents.of(new Money(1))).isInstanceOf(ArithmeticException.class);
    }

    private static StripeSettings settings() {
        return new StripeSettings(NOWHERE, "sk_live_secret", null, Duration.ofSeconds(1), Duration.ofSeconds(1), 0);
    }
}
