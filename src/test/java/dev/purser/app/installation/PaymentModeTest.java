package dev.purser.app.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.app.storage.StartRefused;
import org.junit.jupiter.api.Test;

class PaymentModeTest {

    @Test
    void playsWithTheEmbeddedDatabaseWhenNothingIsSaid() {
        assertThat(PaymentMode.decide(null, true, false)).isEqualTo(PaymentMode.SANDBOX);
    }

    @Test
    void aStripeKeyMeansStripe() {
        assertThat(PaymentMode.decide(null, true, true)).isEqualTo(PaymentMode.STRIPE);
        assertThat(PaymentMode.decide(null, false, true)).isEqualTo(PaymentMode.STRIPE);
    }

    @Test
    void withADatabaseOfItsOwnItMustBeSaid() {
        assertThatThrownBy(() -> PaymentMode.decide(null, false, false))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("PURSER_PAYMENTS");
        assertThat(PaymentMode.decide(PaymentMode.SANDBOX, false, false)).isEqualTo(PaymentMode.SANDBOX);
        assertThat(PaymentMode.decide(PaymentMode.NONE, false, false)).isEqualTo(PaymentMode.NONE);
    }

    @Test
    void stripeNeedsItsKey() {
        assertThatThrownBy(() -> PaymentMode.decide(PaymentMode.STRIPE, true, false))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("STRIPE_SECRET_KEY");
    }

    @Test
    void playMoneyAndAStripeKeyContradictEachOther() {
        assertThatThrownBy(() -> PaymentMode.decide(PaymentMode.SANDBOX, true, true))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("contradict");
    }
}
