package dev.purser.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** A table of refusals: each row a test of its own. */
final class Refusals {
    private final List<DynamicTest> tests = new ArrayList<>();

    /** A refusal of the API, with one of these codes where any is named. */
    Refusals api(String name, int status, String code, Supplier<Answer> call) {
        tests.add(DynamicTest.dynamicTest(name, () -> call.get().expectApiError(status, code)));
        return this;
    }

    /** A refusal whose code the contract leaves open. */
    Refusals api(String name, int status, Supplier<Answer> call) {
        tests.add(DynamicTest.dynamicTest(name, () -> call.get().expectApiError(status)));
        return this;
    }

    /** A refusal whose message says these words. */
    Refusals saying(String words, String name, int status, Supplier<Answer> call) {
        tests.add(DynamicTest.dynamicTest(
                name,
                () -> assertThat(call.get().expectApiError(status).text("/message"))
                        .containsIgnoringCase(words)));
        return this;
    }

    /** A 400 that names the field. */
    Refusals field(String field, String name, Supplier<Answer> call) {
        tests.add(DynamicTest.dynamicTest(name, () -> {
            Answer answer = call.get().expectApiError(400, "invalid_request");
            assertThat(answer.at("/details").size()).as(answer.body()).isPositive();
            assertThat(answer.at("/details")
                            .valueStream()
                            .map(detail -> detail.path("field").stringValue("")))
                    .as(answer.body())
                    .anyMatch(named -> named.equals(field) || named.startsWith(field + "["));
            assertThat(answer.text("/details/0/message")).isNotBlank();
        }));
        return this;
    }

    /** A refusal of the gateway. */
    Refusals gateway(String name, int status, String type, String code, Supplier<Answer> call) {
        tests.add(DynamicTest.dynamicTest(name, () -> call.get().expectGatewayError(status, type, code)));
        return this;
    }

    /** A refusal of the gateway whose message says these words. */
    Refusals gatewaySaying(String words, String name, int status, String type, Supplier<Answer> call) {
        tests.add(DynamicTest.dynamicTest(
                name,
                () -> assertThat(call.get().expectGatewayError(status, type).text("/error/message"))
                        .containsIgnoringCase(words)));
        return this;
    }

    /** Not a refusal: what stands right beside one. */
    Refusals passes(String name, int status, Supplier<Answer> call) {
        tests.add(DynamicTest.dynamicTest(name, () -> call.get().expect(status)));
        return this;
    }

    Stream<DynamicTest> rows() {
        return tests.stream();
    }
}
