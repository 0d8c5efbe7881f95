package dev.purser.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.http.HttpHeaders;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What the product answered; {@code request} is what a failing assertion shows. */
record Answer(String request, int status, HttpHeaders headers, String body) {
    JsonNode json() {
        return Json.read(body);
    }

    Answer expect(int expected) {
        assertThat(status).as("%s answered %s", request, body).isEqualTo(expected);
        return this;
    }

    boolean ok() {
        return status >= 200 && status < 300;
    }

    JsonNode at(String pointer) {
        JsonNode node = json().at(pointer);
        assertThat(node.isMissingNode())
                .as("%s is missing in the answer to %s: %s", pointer, request, body)
                .isFalse();
        return node;
    }

    String text(String pointer) {
        JsonNode node = at(pointer);
        assertThat(node.isString())
                .as("%s is not a string in the answer to %s: %s", pointer, request, body)
                .isTrue();
        return node.stringValue();
    }

    long number(String pointer) {
        JsonNode node = at(pointer);
        assertThat(node.isIntegralNumber())
                .as("%s is not an integer in the answer to %s: %s", pointer, request, body)
                .isTrue();
        return node.longValue();
    }

    /** Money on the wire is a decimal string without exponent or trailing zeros. */
    BigDecimal money(String pointer) {
        String text = text(pointer);
        assertThat(text).as(pointer).matches("-?(0|[1-9][0-9]*)(\\.[0-9]*[1-9])?");
        return new BigDecimal(text);
    }

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** The shape of every error of the API. */
    Answer expectApiError(int expectedStatus, String... codes) {
        expect(expectedStatus);
        expectJson();
        assertThat(at("/error").isBoolean() && at("/error").booleanValue())
                .as("error: true in %s", body)
                .isTrue();
        assertThat(number("/status")).isEqualTo(expectedStatus);
        assertThat(text("/message")).isNotBlank();
        assertCode(text("/code"), codes);
        return this;
    }

    /** The shape of every error of the gateway: OpenAI's, plus a message at the top. */
    Answer expectGatewayError(int expectedStatus, String type, String... codes) {
        expect(expectedStatus);
        expectJson();
        assertThat(text("/error/message")).isNotBlank();
        assertThat(text("/message")).isNotBlank();
        assertThat(text("/error/type")).as("type in %s", body).isEqualTo(type);
        at("/error/param");
        JsonNode code = at("/error/code");
        if (codes.length > 0) {
            assertCode(code.isNull() ? "null" : code.stringValue(), codes);
        }
        return this;
    }

    private void assertCode(String code, String... allowed) {
        assertThat(code).as("code in the answer to %s: %s", request, body).matches("[a-z][a-z0-9_]*");
        if (allowed.length > 0) {
            assertThat(code).as("code in the answer to %s: %s", request, body).isIn((Object[]) allowed);
        }
    }

    private void expectJson() {
        assertThat(header("Content-Type").orElse("none"))
                .as("Content-Type of the answer to %s", request)
                .startsWith("application/json");
        assertThat(header("X-Request-Id")).as("X-Request-Id of %s", request).isPresent();
    }
}
