package dev.purser.edge.json;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.purser.edge.Problem;
import dev.purser.edge.Problem.Detail;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {
    static Fields fields(String json) {
        return Fields.of(json.getBytes(StandardCharsets.UTF_8));
    }

    static List<Detail> refusals(Fields fields) {
        Problem problem = catchThrowableOfType(Problem.class, fields::verify);
        if (problem == null) {
            return List.of();
        }
        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.code()).isEqualTo("invalid_request");
        return problem.details();
    }

    static String refusal(Fields fields) {
        List<Detail> details = refusals(fields);
        assertThat(details).hasSize(1);
        return details.getFirst().field() + " " + details.getFirst().message();
    }

    @Nested
    class Bodies {
        @Test
        void nothingAtAllIsAnEmptyObject() {
            assertThat(fields("").has("anything")).isFalse();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "[]",
                    "1",
                    "\"text\"",
                    "null",
                    "true",
                    "{",
                    "{\"a\":}",
                    "{'a':1}",
                    "{\"a\":1}{}",
                    "{\"a\":1}x",
                    "{\"a\":NaN}",
                    "{\"a\":Infinity}",
                    "{\"a\":01}",
                    "{\"a\":+1}",
                    "{\"a\":.5}",
                    "{\"a\":1.}",
                    "{\"a\":1,}",
                    "\uFEFF{}",
                    "{\"a\":1,\"a\":2}",
                    "{\"a\":\"\t\"}",
                    "{\"a\":\"\\x\"}",
                    "// no\n{}",
                    "<html>",
                    "a=b"
                })
        void whatIsNotOneJsonObjectIsRefused(String body) {
            Problem problem = catchThrowableOfType(Problem.class, () -> fields(body));
            assertThat(problem).isNotNull();
            assertThat(problem.status()).isEqualTo(400);
            assertThat(problem.code()).isEqualTo("invalid_json");
        }

        @Test
        void anotherEncodingIsRefused() {
            List<byte[]> bodies = List.of(
                    "{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1),
                    "{\"a\":1}".getBytes(StandardCharsets.UTF_16),
                    new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', '}'},
                    new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xC0, (byte) 0xAF, '"', '}'});
            for (byte[] body : bodies) {
                Problem problem = catchThrowableOfType(Problem.class, () -> Fields.of(body));
                assertThat(problem).isNotNull();
                assertThat(problem.code()).isEqualTo("invalid_json");
            }
        }

        @Test
        void deepNestingAndEndlessNumbersAreRefused() {
            List<String> bodies = List.of(
                    "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}",
                    "{\"a\":" + "{\"a\":".repeat(100) + "1" + "}".repeat(100) + "}",
                    "{\"a\":" + "9".repeat(100_000) + "}",
                    "{\"" + "a".repeat(100_000) + "\":1}");
            for (String body : bodies) {
                Problem problem = catchThrowableOfType(Problem.class, () -> fields(body));
                assertThat(problem).isNotNull();
                assertThat(problem.code()).isEqualTo("invalid_json");
                assertThat(problem.message().length()).isLessThan(300);
            }
        }

        @Test
        void unknownFieldsAreIgnored() {
            Fields fields = fields("{\"known\":\"yes\",\"unknown\":{\"x\":[1e999999999,null]}}");
            assertThat(fields.text("known", 1, 10)).isEqualTo("yes");
            assertThat(refusals(fields)).isEmpty();
        }
    }

    @Nested
    class Faults {
        @Test
        void areToldAllAtOnce() {
            Fields fields = fields("{\"ttl\":\"900\",\"customer\":{\"name\":7},\"amount\":-1}");
            fields.integer("ttl", 60, 3_600);
            Fields customer = requireNonNull(fields.optionalObject("customer"));
            customer.text("externalId", 1, 255);
            customer.optionalText("name", 1, 255);
            fields.amount("amount", Fields.MAX_AMOUNT);
            Problem problem = catchThrowableOfType(Problem.class, fields::verify);
            assertThat(problem).isNotNull();
            assertThat(problem.details())
                    .containsExactly(
                            new Detail("ttl", "must be an integer between 60 and 3600"),
                            new Detail("customer.externalId", "is required"),
                            new Detail("customer.name", "must be a string"),
                            new Detail("amount", "must be greater than 0"));
            assertThat(problem.message()).contains("customer.externalId is required");
        }

        @Test
        void ofAnObjectThatIsNoneAreToldOnce() {
            Fields fields = fields("{\"customer\":[]}");
            Fields customer = requireNonNull(fields.optionalObject("customer"));
            customer.text("externalId", 1, 255);
            assertThat(refusal(customer)).isEqualTo("customer must be an object");
        }

        @Test
        void aNestedReaderVerifiesTheWholeBody() {
            Fields fields = fields("{\"name\":1,\"settings\":{}}");
            fields.text("name", 1, 10);
            Fields settings = requireNonNull(fields.optionalObject("settings"));
            assertThat(refusal(settings)).isEqualTo("name must be a string");
        }
    }

    @Nested
    class Texts {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "1",
                    "true",
                    "[]",
                    "{}",
                    "\"\"",
                    "\"12345678901\"",
                    "\"a\\u0000b\"",
                    "\"\\ud800\"",
                    "\"\\udc00\"",
                    "\"\\ud800x\"",
                    "\"\\udc00\\ud800\""
                })
        void areRefusedUnlessTheyAreStorableAndOfTheRightLength(String value) {
            Fields fields = fields("{\"text\":" + value + "}");
            assertThat(fields.text("text", 1, 10)).isEmpty();
            assertThat(refusal(fields)).startsWith("text must ");
        }

        @Test
        void lengthIsCountedInCharactersAndNotInUtf16Units() {
            Fields fields = fields("{\"text\":\"" + "😀".repeat(10) + "\"}");
            assertThat(fields.text("text", 1, 10)).hasSize(20);
            assertThat(refusals(fields)).isEmpty();
        }

        @Test
        void aMissingOneAndNullAreTheSame() {
            for (String body : List.of("{}", "{\"text\":null}")) {
                Fields fields = fields(body);
                assertThat(fields.optionalText("text", 1, 10)).isNull();
                assertThat(refusals(fields)).isEmpty();
                fields.text("text", 1, 10);
                assertThat(refusal(fields)).isEqualTo("text is required");
            }
        }
    }

    @Nested
    class Integers {
        @ParameterizedTest
        @ValueSource(strings = {"900", "900.0", "9e2", "9.00e2", "90000e-2", "9E+2"})
        void comeInEveryJsonForm(String value) {
            Fields fields = fields("{\"n\":" + value + "}");
            assertThat(fields.integer("n", 60, 3_600)).isEqualTo(900);
            assertThat(refusals(fields)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "59",
                    "3601",
                    "900.5",
                    "-900",
                    "\"900\"",
                    "true",
                    "[900]",
                    "{}",
                    "1e20000000",
                    "1e-20000000",
                    "1e2147483648",
                    "99999999999999999999999999999999",
                    "100000000000000000000000000000000000"
                })
        void areRefusedWhenTheyAreNotInRange(String value) {
            Fields fields = fields("{\"n\":" + value + "}");
            assertThat(fields.integer("n", 60, 3_600)).isEqualTo(60);
            assertThat(refusal(fields)).startsWith("n must be ").contains("60 and 3600");
        }
    }

    @Nested
    class Lists {
        @Test
        void keepOrderAndDropRepetitions() {
            assertThat(fields("{\"l\":[\"b\",\"a\",\"b\"]}").optionalTexts("l", 3, 5))
                    .containsExactly("b", "a");
        }

        @Test
        void anEmptyOneIsNotAMissingOne() {
            assertThat(fields("{\"l\":[]}").optionalTexts("l", 3, 5)).isEmpty();
            assertThat(fields("{\"l\":null}").optionalTexts("l", 3, 5)).isNull();
            assertThat(fields("{}").optionalTexts("l", 3, 5)).isNull();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"a\"",
                    "{}",
                    "1",
                    "[1]",
                    "[null]",
                    "[\"\"]",
                    "[\"toolong\"]",
                    "[[\"a\"]]",
                    "[\"a\",\"b\",\"c\",\"d\"]"
                })
        void areRefusedUnlessTheyHaveFewShortTexts(String value) {
            Fields fields = fields("{\"l\":" + value + "}");
            fields.optionalTexts("l", 3, 5);
            assertThat(refusal(fields)).startsWith("l");
        }
    }

    @Nested
    class OtherValues {
        @Test
        void flagsAreTrueOrFalse() {
            assertThat(fields("{\"f\":true}").optionalFlag("f")).isTrue();
            assertThat(fields("{\"f\":false}").optionalFlag("f")).isFalse();
            assertThat(fields("{}").optionalFlag("f")).isNull();
            for (String value : List.of("\"true\"", "1", "0", "[]", "{}")) {
                Fields fields = fields("{\"f\":" + value + "}");
                fields.optionalFlag("f");
                assertThat(refusal(fields)).isEqualTo("f must be true or false");
            }
        }

        @Test
        void wordsAreOfAList() {
            Map<String, Integer> words = Map.of("drain", 1, "cancel", 2);
            assertThat(fields("{\"w\":\"drain\"}").optionalWord("w", words)).isEqualTo(1);
            assertThat(fields("{}").optionalWord("w", words)).isNull();
            for (String value : List.of("\"Drain\"", "\"\"", "1", "[\"drain\"]")) {
                Fields fields = fields("{\"w\":" + value + "}");
                assertThat(fields.optionalWord("w", words)).isNull();
                assertThat(refusal(fields)).isEqualTo("w must be one of cancel, drain");
            }
        }

        @Test
        void timesAreIso() {
            assertThat(fields("{\"t\":\"2026-01-31T12:00:00+01:00\"}").optionalTime("t"))
                    .isEqualTo(Instant.parse("2026-01-31T11:00:00Z"));
            for (String value : List.of(
                    "1",
                    "\"\"",
                    "\"yesterday\"",
                    "\"2026-01-31\"",
                    "\"+1000000000-12-31T23:59:59Z\"",
                    "\"1960-01-01T00:00:00Z\"",
                    "{}")) {
                Fields fields = fields("{\"t\":" + value + "}");
                fields.optionalTime("t");
                assertThat(refusal(fields)).startsWith("t must be an ISO-8601 time");
            }
        }

        @Test
        void decimalsLoseTheirTrailingZerosAndExponents() {
            for (String value : List.of("20", "20.0", "2e1", "\"20.00\"")) {
                assertThat(fields("{\"p\":" + value + "}").optionalDecimal("p")).isEqualTo(new BigDecimal("20"));
            }
            Fields fields = fields("{\"p\":1e20000000}");
            fields.optionalDecimal("p");
            assertThat(refusal(fields)).startsWith("p must be a number");
        }

        @Test
        void jsonIsKeptAsItCameButCompact() {
            Fields fields = fields("{\"m\": { \"b\" : 1.50, \"a\" : [ true , null, \"\\u00e9\\n\", {} , [] ] } }");
            assertThat(fields.optionalJson("m", 100)).isEqualTo("{\"b\":1.50,\"a\":[true,null,\"é\\n\",{},[]]}");
            assertThat(refusals(fields)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "[]",
                    "\"x\"",
                    "1",
                    "{\"a\":\"\\u0000\"}",
                    "{\"a\":[\"\\ud800\"]}",
                    "{\"\\u0000\":1}",
                    "{\"a\":1e20000000}",
                    "{\"a\":{\"b\":[[1e-19]]}}",
                    "{\"a\":\"0123456789\"}"
                })
        void jsonIsRefusedWhenItCannotBeStored(String value) {
            Fields fields = fields("{\"m\":" + value + "}");
            fields.optionalJson("m", 16);
            assertThat(refusal(fields)).startsWith("m must ");
        }
    }
}
