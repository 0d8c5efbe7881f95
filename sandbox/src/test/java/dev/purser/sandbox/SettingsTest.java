package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void byDefaultItListensOnLoopbackAndKeepsNothing() {
        SandboxSettings settings = SandboxSettings.of(Fixture.TEST, Fixture.LIVE);

        assertThat(settings.address()).isEqualTo(InetAddress.getLoopbackAddress());
        assertThat(settings.port()).isZero();
        assertThat(settings.dataDirectory()).isNull();
        assertThat(settings.publicUrl()).isNull();
        assertThat(settings.webhook()).isNull();
        assertThat(settings.delivery()).isEqualTo(DeliverySettings.DEFAULTS);
    }

    @Test
    void byDefaultADeliveryIsTriedForThreeDaysAtGrowingDelays() {
        DeliverySettings delivery = DeliverySettings.DEFAULTS;

        assertThat(delivery.giveUpAfter()).isEqualTo(Duration.ofDays(3));
        assertThat(delivery.timeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(delivery.parallelism()).isEqualTo(4);
        assertThat(delivery.delayAfter(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(delivery.delayAfter(3)).isEqualTo(Duration.ofSeconds(5));
        assertThat(delivery.delayAfter(100)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void wrongSettingsAreRefusedByName() {
        refused("secretKey", () -> new ModeKeys("pk_test_aaaa", "pk_test_aaaa", null));
        refused("publishableKey", () -> new ModeKeys("sk_test_aaaa", "sk_test_aaaa", null));
        refused("same mode", () -> new ModeKeys("sk_test_aaaa", "pk_live_aaaa", null));
        refused("test and live", () -> SandboxSettings.of(/* test= */ Fixture.LIVE, /* live= */ Fixture.TEST));
        refused("port", () -> Fixture.settings().withPort(65_536));
        refused(
                "webhookSecret",
                () -> SandboxSettings.of(
                        new ModeKeys("sk_test_aaaa", "pk_test_aaaa", "whsec_same"),
                        new ModeKeys("sk_live_aaaa", "pk_live_aaaa", "whsec_same")));
        refused("retryDelays", () -> delivery(List.of(), 1));
        refused("parallelism", () -> delivery(List.of(Duration.ZERO), 0));
    }

    @Test
    void keysAreNotPrinted() {
        assertThat(Fixture.settings().toString()).doesNotContain("sk_", "whsec_");
    }

    private static DeliverySettings delivery(List<Duration> delays, int parallelism) {
        return new DeliverySettings(delays, Duration.ofDays(1), Duration.ofSeconds(1), parallelism);
    }

    private static void refused(String name, Callable<?> construction) {
        assertThatIllegalArgumentException().isThrownBy(construction::call).withMessageContaining(name);
    }
}
