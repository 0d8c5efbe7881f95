package dev.purser.domain.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.Rejected;
import dev.purser.domain.project.ProjectSettings.InvalidSetting;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectSettingsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.com",
                "http://localhost:3000",
                "https://app.example.com:8443",
                "http://127.0.0.1:5173",
                "http://[::1]:3000",
                "https://xn--bcher-kva.example"
            })
    void acceptsOriginsAsABrowserSerialisesThem(String origin) {
        assertThat(origins(List.of(origin)).allowedOrigins()).containsExactly(origin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "null",
                "https://app.example.com/",
                "https://app.example.com/path",
                "https://App.example.com",
                "https://app.example.com:443",
                "http://app.example.com:80",
                "ftp://app.example.com",
                "https://user@app.example.com",
                "app.example.com",
                "https://app.example.com?x",
                "https://app example.com",
                "https://bücher.example",
                "https://app.example.com:99999"
            })
    void refusesEverythingElse(String origin) {
        assertThatThrownBy(() -> origins(List.of(origin)))
                .isInstanceOfSatisfying(
                        InvalidSetting.class,
                        invalid -> assertThat(invalid.field()).isEqualTo("allowedOrigins"));
    }

    @Test
    void refusesDuplicatesAndMoreThanTwenty() {
        assertThatThrownBy(() -> origins(List.of("https://a.example", "https://a.example")))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> origins(IntStream.rangeClosed(0, 20)
                        .mapToObj(i -> "https://a" + i + ".example")
                        .toList()))
                .hasMessageContaining("20");
    }

    @Test
    void refusesPercentagesOutsideTheirRange() {
        assertThatThrownBy(() -> percents("100.01", "0")).hasMessage("must be between 0 and 100");
        assertThatThrownBy(() -> percents("-1", "0")).hasMessage("must be between 0 and 100");
        assertThatThrownBy(() -> percents("0", "1000.1")).hasMessage("must be between 0 and 1000");
        assertThatThrownBy(() -> percents("0.00001", "0")).hasMessageContaining("decimal places");
    }

    @Test
    void acceptsABrandAsReceiptsAndBankStatementsCanShowIt() {
        ProjectSettings settings = merchant("Acme Chat", "1 Main St\nSpringfield", "help@example.com", "ACME-CHAT 1");

        assertThat(settings.brandName()).isEqualTo("Acme Chat");
        assertThat(merchant(null, null, null, null).statementDescriptorSuffix()).isNull();
    }

    static Stream<Arguments> unacceptableBrands() {
        return Stream.of(
                Arguments.of("brandName", merchantOf(" ", null, null, null)),
                Arguments.of("brandName", merchantOf("a".repeat(101), null, null, null)),
                Arguments.of("brandName", merchantOf("a\u0000b", null, null, null)),
                Arguments.of("supportAddress", merchantOf(null, "a".repeat(501), null, null)),
                Arguments.of("supportEmail", merchantOf(null, null, "help", null)),
                Arguments.of("supportEmail", merchantOf(null, null, "a@b@c", null)),
                Arguments.of("supportEmail", merchantOf(null, null, "a b@example.com", null)),
                Arguments.of("supportEmail", merchantOf(null, null, "a@example.com,b@example.com", null)),
                Arguments.of("supportEmail", merchantOf(null, null, "a@example.com;b@example.com", null)),
                Arguments.of("supportEmail", merchantOf(null, null, "<a@example.com>", null)),
                Arguments.of("supportEmail", merchantOf(null, null, "A <a@example.com>", null)),
                Arguments.of("supportEmail", merchantOf(null, null, "\"a\"@example.com", null)),
                Arguments.of("supportEmail", merchantOf(null, null, "a..b@example.com", null)),
                Arguments.of("supportEmail", merchantOf(null, null, ".a@example.com", null)),
                Arguments.of("supportEmail", merchantOf(null, null, "a@-example.com", null)),
                Arguments.of("supportEmail", merchantOf(null, null, "a@example..com", null)),
                Arguments.of("supportEmail", merchantOf(null, null, "a@[127.0.0.1]", null)),
                Arguments.of("supportEmail", merchantOf(null, null, "a".repeat(251) + "@b.c", null)),
                Arguments.of("statementDescriptorSuffix", merchantOf(null, null, null, "")),
                Arguments.of("statementDescriptorSuffix", merchantOf(null, null, null, "123")),
                Arguments.of("statementDescriptorSuffix", merchantOf(null, null, null, "a".repeat(23))),
                Arguments.of("statementDescriptorSuffix", merchantOf(null, null, null, "ACME*CHAT")),
                Arguments.of("statementDescriptorSuffix", merchantOf(null, null, null, "ACME'S")),
                Arguments.of("statementDescriptorSuffix", merchantOf(null, null, null, "BÜCHER")));
    }

    @ParameterizedTest
    @MethodSource("unacceptableBrands")
    void refusesABrandTheyCannotShowAndNamesTheField(String field, ThrowingCallable settings) {
        assertThatThrownBy(settings)
                .isInstanceOfSatisfying(
                        InvalidSetting.class,
                        invalid -> assertThat(invalid.field()).isEqualTo(field));
    }

    @Test
    void countsGrantsPerUtcDayAndMode() {
        GrantCounters counters = new GrantCounters();
        LocalDate today = LocalDate.of(2026, 3, 1);
        counters.add(Mode.LIVE, Money.ofDollars(9), today);
        counters.require(Mode.LIVE, Money.ofDollars(1), today, Money.ofDollars(10));
        counters.require(Mode.TEST, Money.ofDollars(10), today, Money.ofDollars(10));
        counters.require(Mode.LIVE, Money.ofDollars(10), today.plusDays(1), Money.ofDollars(10));
        counters.require(Mode.LIVE, Money.ofDollars(1_000), today, null);
        assertThatThrownBy(() -> counters.require(Mode.LIVE, Money.ofDollars(2), today, Money.ofDollars(10)))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("left=1");
    }

    private static ProjectSettings origins(List<String> origins) {
        ProjectSettings defaults = ProjectSettings.DEFAULTS;
        return new ProjectSettings(
                true,
                defaults.markupPercent(),
                defaults.bonusPercent(),
                origins,
                defaults.disconnectPolicy(),
                defaults.lowBalanceThreshold(),
                null,
                defaults.defaultMaxTokens());
    }

    private static ThrowingCallable merchantOf(
            @Nullable String brand, @Nullable String address, @Nullable String email, @Nullable String suffix) {
        return () -> merchant(brand, address, email, suffix);
    }

    private static ProjectSettings merchant(
            @Nullable String brand, @Nullable String address, @Nullable String email, @Nullable String suffix) {
        ProjectSettings defaults = ProjectSettings.DEFAULTS;
        return new ProjectSettings(
                true,
                defaults.markupPercent(),
                defaults.bonusPercent(),
                List.of(),
                defaults.disconnectPolicy(),
                defaults.lowBalanceThreshold(),
                null,
                defaults.defaultMaxTokens(),
                brand,
                address,
                email,
                suffix);
    }

    private static ProjectSettings percents(String markup, String bonus) {
        ProjectSettings defaults = ProjectSettings.DEFAULTS;
        return new ProjectSettings(
                true,
                new BigDecimal(markup),
                new BigDecimal(bonus),
                List.of(),
                defaults.disconnectPolicy(),
                defaults.lowBalanceThreshold(),
                null,
                defaults.defaultMaxTokens());
    }
}
