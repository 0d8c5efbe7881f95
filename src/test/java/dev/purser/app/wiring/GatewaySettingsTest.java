package dev.purser.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.gateway.GatewayProperties;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class GatewaySettingsTest {
    private static GatewayProperties properties(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("purser.gateway", GatewaySettings.class)
                .properties(true);
    }

    @Test
    void withoutSettingsTheDefaultsOfTheGatewayHold() {
        assertThat(properties(Map.of())).isEqualTo(GatewayProperties.DEFAULTS);
    }

    @Test
    void retriesAndBreakersAreSetByTheirNames() {
        GatewayProperties properties = properties(Map.of(
                "purser.gateway.retries", "0",
                "purser.gateway.retry-pause", "1s",
                "purser.gateway.max-retry-after", "9s",
                "purser.gateway.breaker-calls", "7",
                "purser.gateway.breaker-failure-percent", "80",
                "purser.gateway.breaker-pause", "1m",
                "purser.gateway.catalogue-check", "2s"));
        assertThat(properties.retries().retries()).isZero();
        assertThat(properties.retries().pause()).isEqualTo(Duration.ofSeconds(1));
        assertThat(properties.retries().maxRetryAfter()).isEqualTo(Duration.ofSeconds(9));
        assertThat(properties.retries().breakerCalls()).isEqualTo(7);
        assertThat(properties.retries().breakerFailurePercent()).isEqualTo(80);
        assertThat(properties.retries().breakerPause()).isEqualTo(Duration.ofMinutes(1));
        assertThat(properties.catalogueCheck()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> properties(Map.of("purser.gateway.retries", "6")))
                .hasMessage("retries must be between 0 and 5, is 6");
    }
}
