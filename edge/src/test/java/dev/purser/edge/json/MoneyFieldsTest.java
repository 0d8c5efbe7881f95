package dev.purser.edge.json;

import static dev.purser.edge.json.FieldsTest.fields;
import static dev.purser.edge.json.FieldsTest.refusal;
import static dev.purser.edge.json.FieldsTest.refusals;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.purser.domain.Money;
import dev.purser.edge.Problem;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyFieldsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 1000000000",
                "5.00 | 5000000000",
                "0.1 | 100000000",
                "0.30000000000000004 | 300000000",
                "1e-9 | 1",
                "1E-9 | 1",
                "1.5e-9 | 2",
                "2.5e-9 | 2",
                "0.0000000035 | 4",
                "0.00000000050000000001 | 1",
                "1e6 | 1000000000000000",
                "1000000 | 1000000000000000",
                "999999.9999999999 | 1000000000000000",
                "10e-1 | 1000000000",
                "1e0000000000000000000000000001 | 10000000000",
                "\"1\" | 1000000000",
                "\"0.000000001\" | 1",
                "\"8.333333\" | 8333333000",
                "\"1000000\" | 1000000000000000",
                "\"1000000.000000000\" | 1000000000000000"
            })
    void anAmountIsReadExactlyAndRoundedHalfEvenToTheNanoDollar(String value, long nanos) {
        Fields fields = fields("{\"amount\":" + value + "}");
        assertThat(fields.amount("amount", Fields.MAX_AMOUNT)).isEqualTo(new Money(nanos));
        assertThat(refusals(fields)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "[]",
                "{}",
                "\"\"",
                "\" 1\"",
                "\"1 \"",
                "\"+1\"",
                "\"1e3\"",
                "\"1.\"",
                "\".5\"",
                "\"0x10\"",
                "\"1,5\"",
                "\"NaN\"",
                "\"Infinity\"",
                "\"0.0000000001\"",
                "\"01\"",
                "\"--1\"",
                "\"\u0661\"",
                "\"1_000\"",
                "\"1.1.1\"",
                "\"1\\n\"",
                "1e19",
                "1e-19",
                "1e20000000",
                "1e-20000000",
                "1e2147483648",
                "1E+999999999999999",
                "100000000000000000000000000000000",
                "0.1234567890123456789012345678901",
                "\"000000000000000000000000000000001\"",
                "\"1.0000000000000000000000000000000\""
            })
    void whatIsNoAmountIsRefusedBeforeAnythingIsComputed(String value) {
        Fields fields = fields("{\"amount\":" + value + "}");
        assertTimeoutPreemptively(Duration.ofSeconds(2), () -> fields.amount("amount", Fields.MAX_AMOUNT));
        assertThat(refusal(fields)).startsWith("amount must be a number, or a decimal string");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0.0",
                "-0",
                "-1",
                "-1e18",
                "0e18",
                "1e-10",
                "0.0000000005",
                "\"0\"",
                "\"-5\"",
                "\"0.000000000\"",
                "-0.0000000001"
            })
    void anAmountIsGreaterThanZeroAfterRounding(String value) {
        Fields fields = fields("{\"amount\":" + value + "}");
        fields.amount("amount", Fields.MAX_AMOUNT);
        assertThat(refusal(fields)).isEqualTo("amount must be greater than 0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1000000.000000001",
                "1000001",
                "1e18",
                "9.99e18",
                "\"1000000.000000001\"",
                "99999999999999999999999999999999"
            })
    void anAmountIsAtMostAMillion(String value) {
        Fields fields = fields("{\"amount\":" + value + "}");
        fields.amount("amount", Fields.MAX_AMOUNT);
        assertThat(refusal(fields)).isEqualTo("amount must be at most 1000000");
    }

    @Test
    void aLimitMayBeZeroAndNotNegative() {
        assertThat(fields("{\"limit\":0}").optionalLimit("limit", Fields.MAX_LIMIT))
                .isEqualTo(Money.ZERO);
        assertThat(fields("{\"limit\":null}").optionalLimit("limit", Fields.MAX_LIMIT))
                .isNull();
        Fields negative = fields("{\"limit\":-0.000000001}");
        negative.optionalLimit("limit", Fields.MAX_LIMIT);
        assertThat(refusal(negative)).isEqualTo("limit must not be negative");
    }

    @Test
    void anyDoubleThatJavaScriptWouldSendIsReadAsItsShortestDecimalSays() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 4_000; i++) {
            double value = random.nextDouble() * Math.pow(10, random.nextInt(15) - 9);
            BigDecimal exact = new BigDecimal(Double.toString(value));
            BigDecimal nanos = exact.movePointRight(9).setScale(0, RoundingMode.HALF_EVEN);
            Fields fields = fields("{\"amount\":" + value + "}");
            Money read = fields.amount("amount", Fields.MAX_AMOUNT);
            if (nanos.signum() == 0 || exact.compareTo(BigDecimal.valueOf(1_000_000)) > 0) {
                assertThat(refusals(fields)).as("seed %s value %s", seed, value).hasSize(1);
            } else {
                assertThat(refusals(fields)).as("seed %s value %s", seed, value).isEmpty();
                assertThat(read.nanos()).as("seed %s value %s", seed, value).isEqualTo(nanos.longValueExact());
            }
        }
    }

    @Test
    void aMoneyStringReadsBackAsItself() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 4_000; i++) {
            Money money = new Money(random.nextLong(1, Fields.MAX_AMOUNT.nanos() + 1));
            Fields fields = fields("{\"amount\":\"" + money + "\"}");
            assertThat(fields.amount("amount", Fields.MAX_AMOUNT))
                    .as("seed %s", seed)
                    .isEqualTo(money);
            assertThat(refusals(fields)).as("seed %s", seed).isEmpty();
        }
    }

    @Test
    void garbageNeverThrowsAnythingButARefusal() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String alphabet = "0123456789.eE+-\"{}[]:,a\\u \n";
        for (int i = 0; i < 4_000; i++) {
            StringBuilder value = new StringBuilder();
            int length = random.nextInt(40);
            for (int j = 0; j < length; j++) {
                value.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                Fields fields = fields("{\"amount\":" + value + "}");
                fields.amount("amount", Fields.MAX_AMOUNT);
                fields.optionalDecimal("amount");
                fields.optionalInteger("amount", 0, 10);
                fields.verify();
            } catch (Problem problem) {
                assertThat(problem.status()).as("seed %s value %s", seed, value).isEqualTo(400);
            }
        }
    }
}
