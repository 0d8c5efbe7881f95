package dev.purser.edge.error;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.edge.Problem;
import dev.purser.edge.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorBodyTest {
    private static String text(Map<String, Object> body) {
        return new String(Json.bytes(body), StandardCharsets.UTF_8);
    }

    @Test
    void theApiNamesTheFields() {
        assertThat(text(ErrorBody.api(Problem.invalid("ttlSeconds", "must be between 60 and 3600"), "req1")))
                .isEqualTo("{\"error\":true,\"status\":400,\"code\":\"invalid_request\","
                        + "\"message\":\"ttlSeconds must be between 60 and 3600\","
                        + "\"details\":[{\"field\":\"ttlSeconds\",\"message\":\"must be between 60 and 3600\"}]}");
    }

    @Test
    void theApiHasNoDetailsWhereThereAreNoFields() {
        assertThat(text(ErrorBody.api(Problem.notFound("wallet"), "req1")))
                .isEqualTo("{\"error\":true,\"status\":404,\"code\":\"not_found\",\"message\":\"wallet not found\"}");
    }

    @Test
    void anInternalErrorCarriesTheRequestIdInBothShapes() {
        assertThat(ErrorBody.api(Problems.internal(), "req1")).containsEntry("requestId", "req1");
        assertThat(ErrorBody.openAi(Problems.internal(), "req1")).containsEntry("requestId", "req1");
        assertThat(ErrorBody.openAi(Problems.ofStatus(404), "req1")).doesNotContainKey("requestId");
    }

    @Test
    void openAiHasTheMessageTwiceAndNamesTheParameter() {
        assertThat(text(ErrorBody.openAi(Problem.invalid("n", "must be 1"), "req1")))
                .isEqualTo("{\"error\":{\"message\":\"n must be 1\",\"type\":\"invalid_request_error\","
                        + "\"param\":\"n\",\"code\":null},\"message\":\"n must be 1\"}");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "400,invalid_request,invalid_request_error,null",
                "401,token_missing,invalid_request_error,invalid_api_key",
                "401,token_superseded,invalid_request_error,invalid_api_key",
                "402,insufficient_credits,billing_error,insufficient_credits",
                "402,session_spend_cap,billing_error,session_spend_cap",
                "402,wallet_frozen,billing_error,wallet_frozen",
                "403,origin_not_allowed,permission_denied,origin_not_allowed",
                "404,model_not_found,not_found,model_not_found",
                "405,method_not_allowed,invalid_request_error,method_not_allowed",
                "409,idempotency_conflict,invalid_request_error,idempotency_conflict",
                "413,request_too_large,request_too_large,request_too_large",
                "415,unsupported_media_type,unsupported_media_type,unsupported_media_type",
                "429,too_many,rate_limit_error,rate_limit_exceeded",
                "499,request_cancelled,request_cancelled,request_cancelled",
                "500,internal_error,api_error,internal_error",
                "502,upstream_failed,api_error,upstream_failed",
                "503,unavailable,api_error,unavailable",
                "504,upstream_timeout,timeout_error,upstream_timeout"
            })
    void openAiHasATypeForEveryStatus(int status, String code, String type, String openAiCode) {
        Map<?, ?> error = (Map<?, ?>) requireNonNull(
                ErrorBody.openAi(new Problem(status, code, "why"), "req1").get("error"));
        assertThat(error.get("type")).isEqualTo(type);
        assertThat(error.get("code")).isEqualTo(openAiCode);
    }
}
