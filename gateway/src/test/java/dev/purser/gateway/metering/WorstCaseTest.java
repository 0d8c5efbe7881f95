package dev.purser.gateway.metering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.Money;
import dev.purser.domain.pricing.Tariff;
import dev.purser.domain.pricing.Usage;
import dev.purser.gateway.catalogue.Catalogue;
import dev.purser.gateway.catalogue.Offer;
import dev.purser.gateway.wire.WireJson;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class WorstCaseTest {
    private static final Catalogue CATALOGUE = Catalogue.load(null);

    private static Offer offer(String name) {
        return CATALOGUE.matching(name).findFirst().orElseThrow();
    }

    private static ObjectNode request(String json) throws Exception {
        return (ObjectNode) WireJson.parse(json);
    }

    @Test
    void isTheInputPriceOfAllInputAndTheOutputPriceOfAllOutput() {
        WorstCase worst = WorstCase.of(Tariff.perMillion("2.5", "10"), 1_000, 4_096);
        assertThat(worst.amount()).hasToString("0.04346");
    }

    @Test
    void countsOnTheDearerOfCachedAndPlainInput() {
        BigDecimal one = BigDecimal.ONE;
        Tariff odd = new Tariff(one, BigDecimal.TEN, one, BigDecimal.ZERO, BigDecimal.ZERO);
        assertThat(WorstCase.of(odd, 1_000_000, 0).amount()).hasToString("10");
    }

    @Test
    void noUsageWithinTheBoundsEverCostsMore() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            Tariff tariff = new Tariff(
                    price(random),
                    random.nextBoolean() ? null : price(random),
                    price(random),
                    price(random),
                    price(random),
                    random.nextBoolean() ? null : price(random),
                    null);
            long prompt = random.nextInt(200_000);
            long completion = random.nextInt(200_000);
            long used = random.nextLong(prompt + 1);
            long made = random.nextLong(completion + 1);
            Usage usage = new Usage(used, random.nextLong(used + 1), made, 0, random.nextLong(made + 1), null);
            Money worst = WorstCase.of(tariff, prompt, completion).amount();
            assertThat(tariff.charge(usage))
                    .as("seed %d, %s, %s", seed, tariff, usage)
                    .isLessThanOrEqualTo(worst);
        }
    }

    private static BigDecimal price(Random random) {
        return BigDecimal.valueOf(random.nextInt(100_000), random.nextInt(8));
    }

    @Nested
    class Input {
        @Test
        void isCountedByBytesWhereTheTokenizerIsNotKnown() throws Exception {
            assertThat(InputBound.of(
                            request("{\"messages\":[{\"role\":\"user\",\"content\":\"grüße 🚀\"}]}"),
                            offer("deepseek/deepseek-chat")))
                    .isEqualTo(64 + 16 + 4 + 12);
        }

        @Test
        void isCountedByTheTokenizerWhereItIsKnown() throws Exception {
            String text = "The quick brown fox jumps over the lazy dog. ".repeat(100);
            long bound = InputBound.of(
                    request("{\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}"), offer("gpt-4o"));
            assertThat(bound).isBetween(1_000L, 1_100L);
        }

        @Test
        void takesInToolsSchemasPartsAndCalls() throws Exception {
            Offer offer = offer("deepseek/deepseek-chat");
            long plain = InputBound.of(request("{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}"), offer);
            String tool = "[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"" + "d".repeat(500)
                    + "\"}}]";
            assertThat(InputBound.of(
                            request("{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"tools\":" + tool + "}"),
                            offer))
                    .isGreaterThan(plain + 1_500);
            assertThat(InputBound.of(
                            request("{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\""
                                    + "a".repeat(900) + "\"}]}]}"),
                            offer))
                    .isGreaterThan(plain + 890);
            assertThat(InputBound.of(
                            request("{\"messages\":[{\"role\":\"assistant\",\"content\":null,\"tool_calls\":" + tool
                                    + "}]}"),
                            offer))
                    .isGreaterThan(plain + 500);
        }

        @Test
        void isTheWholeContextWindowForAPictureAndNeverMoreThanThat() throws Exception {
            Offer offer = offer("gpt-4o");
            assertThat(InputBound.of(
                            request("{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\","
                                    + "\"image_url\":{\"url\":\"https://x/y.png\"}}]}]}"),
                            offer))
                    .isEqualTo(128_000);
            assertThat(InputBound.of(
                            request("{\"messages\":[{\"role\":\"user\",\"content\":\"" + "a".repeat(3_000_000)
                                    + "\"}]}"),
                            offer))
                    .isEqualTo(128_000);
        }

        @Test
        void ofABuiltInModelIsExact() throws Exception {
            assertThat(InputBound.of(
                            request("{\"messages\":[{\"role\":\"system\",\"content\":\"Be brief\"},"
                                    + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"one two\"},"
                                    + "{\"type\":\"image_url\",\"image_url\":{}}]}]}"),
                            offer("builtin/free-chat")))
                    .isEqualTo(2 + 2 + 2 + 1);
        }

        @Test
        void takesNoLongerForNastyText() throws Exception {
            TokenCounter counter = TokenCounter.of("o200k_base");
            counter.count("warm");
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            for (String nasty : new String[] {"a".repeat(1 << 18), "!".repeat(1 << 18), "\u4e00".repeat(1 << 22)}) {
                long start = threads.getCurrentThreadCpuTime();
                assertThat(counter.count(nasty)).isPositive();
                assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - start))
                        .isLessThan(Duration.ofSeconds(5));
            }
        }
    }

    @Nested
    class BuiltIn {
        @Test
        void aTokenIsAWordOfAtMostSixteenCodePointsWithTheSpaceBeforeIt() {
            assertThat(BuiltinTokens.split("Hello  wide\nworld ", 99))
                    .containsExactly("Hello", "  wide", "\nworld", " ");
            assertThat(BuiltinTokens.split("🚀".repeat(20), 99)).containsExactly("🚀".repeat(16), "🚀".repeat(4));
            assertThat(BuiltinTokens.split("", 99)).isEmpty();
            assertThat(BuiltinTokens.split("a b c", 2)).containsExactly("a", " b");
        }

        @Test
        void countingAndSplittingAgreeAndNothingIsLost() {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            for (int round = 0; round < 2_000; round++) {
                StringBuilder text = new StringBuilder();
                for (int i = random.nextInt(60); i > 0; i--) {
                    text.append(
                            random.nextInt(4) == 0
                                    ? " \n\t".charAt(random.nextInt(3))
                                    : (char) ('a' + random.nextInt(3)));
                }
                var tokens = BuiltinTokens.split(text.toString(), Long.MAX_VALUE);
                assertThat(String.join("", tokens)).as("seed %d", seed).isEqualTo(text.toString());
                assertThat(BuiltinTokens.count(text.toString()))
                        .as("seed %d", seed)
                        .isEqualTo(tokens.size());
            }
        }
    }
}
