package dev.purser.domain.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.domain.Money;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class TariffTest {
    @Test
    void chargesTokensTimesPriceExactly() {
        Tariff tariff = Tariff.perMillion("2.50", "10");
        assertThat(tariff.charge(Usage.ofTokens(1_000, 200))).hasToString("0.0045");
        assertThat(tariff.charge(Usage.ofTokens(1, 0))).isEqualTo(new Money(2_500));
    }

    @Test
    void chargesCachedInputAtItsOwnPrice() {
        Tariff tariff = new Tariff(
                new BigDecimal("2"), new BigDecimal("0.5"), BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
        assertThat(tariff.charge(new Usage(1_000_000, 400_000, 0, 0))).hasToString("1.4");
    }

    @Test
    void chargesCachedInputAsInputWhereNoOtherPriceIsKnown() {
        assertThat(Tariff.perMillion("2", "0").charge(new Usage(1_000_000, 400_000, 0, 0)))
                .hasToString("2");
    }

    @Test
    void roundsTheSumOnceAndHalfEven() {
        Tariff halfANano = Tariff.perMillion("0.0005", "0.0005");
        assertThat(halfANano.charge(Usage.ofTokens(1, 0))).isEqualTo(Money.ZERO);
        assertThat(halfANano.charge(Usage.ofTokens(1, 1))).isEqualTo(new Money(1));
        assertThat(halfANano.charge(Usage.ofTokens(3, 0))).isEqualTo(new Money(2));
    }

    @Test
    void chargesPerRequestAndPerImage() {
        Tariff tariff =
                new Tariff(BigDecimal.ZERO, null, BigDecimal.ZERO, new BigDecimal("0.01"), new BigDecimal("0.04"));
        assertThat(tariff.charge(new Usage(0, 0, 0, 3))).hasToString("0.13");
    }

    @Test
    void chargesReasoningAtItsOwnPriceAndElseAsOutput() {
        Tariff apart = new Tariff(
                BigDecimal.ZERO,
                null,
                new BigDecimal("4"),
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                new BigDecimal("1"),
                null);
        assertThat(apart.charge(new Usage(0, 0, 1_000_000, 0, 250_000, null))).hasToString("3.25");
        assertThat(Tariff.perMillion("0", "4").charge(new Usage(0, 0, 1_000_000, 0, 250_000, null)))
                .hasToString("4");
    }

    @Test
    void chargesImagesByTheirSizeAndQuality() {
        ImageKind large = new ImageKind("1024x1024", "high");
        Tariff tariff = images(
                new ImagePrice(new ImageKind("1024x1024", "low"), new BigDecimal("0.011")),
                new ImagePrice(large, new BigDecimal("0.167")));
        assertThat(tariff.charge(Usage.ofImages(3, large))).hasToString("0.501");
        assertThat(tariff.charge(Usage.ofImages(0, large))).isEqualTo(Money.ZERO);
        assertThatThrownBy(() -> tariff.charge(Usage.ofImages(1, new ImageKind("9x9", "high"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("9x9");
        assertThat(tariff.isFree()).isFalse();
        assertThat(images(new ImagePrice(ImageKind.ANY, BigDecimal.ZERO)).isFree())
                .isTrue();
    }

    private static Tariff images(ImagePrice... prices) {
        return new Tariff(
                BigDecimal.ZERO, null, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, null, List.of(prices));
    }

    @Test
    void refusesNegativePricesAndUsage() {
        assertThatThrownBy(() -> Tariff.perMillion("-1", "0")).hasMessageContaining("inputPerMillion");
        assertThatThrownBy(() -> Usage.ofTokens(-1, 0)).hasMessageContaining("promptTokens");
        assertThatThrownBy(() -> new Usage(1, 2, 0, 0)).hasMessageContaining("cachedPromptTokens");
        assertThatThrownBy(() -> new Usage(0, 0, 1, 0, 2, null)).hasMessageContaining("reasoningTokens");
        assertThatThrownBy(() -> new ImagePrice(ImageKind.ANY, new BigDecimal("-0.01")))
                .hasMessageContaining("negative");
    }
}
