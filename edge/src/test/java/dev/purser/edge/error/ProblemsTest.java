package dev.purser.edge.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.ClaimTaken;
import dev.purser.domain.LedgerUnavailable;
import dev.purser.domain.Rejection.WalletIsFrozen;
import dev.purser.edge.Problem;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.core.MethodParameter;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.mock.http.MockHttpInputMessage;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.NoHandlerFoundException;

class ProblemsTest {
    private static final MethodParameter PARAMETER;

    static {
        try {
            PARAMETER = new MethodParameter(String.class.getMethod("charAt", int.class), 0);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void check(Throwable thrown, int status, String code) {
        Problem problem = Problems.of(thrown);
        assertThat(problem.status()).as("%s", thrown).isEqualTo(status);
        assertThat(problem.code()).as("%s", thrown).isEqualTo(code);
        assertThat(problem.message()).as("%s", thrown).doesNotContain("secret").isNotBlank();
    }

    @Test
    void aProblemStaysWhatItIs() {
        Problem problem = new Problem(418, "teapot", "no coffee");
        assertThat(Problems.of(problem)).isSameAs(problem);
    }

    @Test
    void refusalsAreMappedByTheirKind() {
        check(new WalletIsFrozen().asException(), 402, "wallet_frozen");
        check(new ClaimTaken("external_id"), 409, "already_exists");
    }

    @Test
    void aLedgerThatStoredNothingAsksToTryAgainAndAnUnknownOutcomeDoesNot() {
        Throwable secret = new IOException("secret");
        Problem nothingStored = Problems.of(new LedgerUnavailable("secret", true, secret));
        assertThat(nothingStored.status()).isEqualTo(503);
        assertThat(nothingStored.code()).isEqualTo("ledger_unavailable");
        assertThat(nothingStored.headers()).containsEntry(HttpHeaders.RETRY_AFTER, "1");
        assertThat(nothingStored.message()).contains("could not take the command");

        Problem unknown = Problems.of(new LedgerUnavailable("secret", false, secret));
        assertThat(unknown.status()).isEqualTo(503);
        assertThat(unknown.code()).isEqualTo("outcome_unknown");
        assertThat(unknown.headers()).doesNotContainKey(HttpHeaders.RETRY_AFTER);
        assertThat(unknown.message()).contains("may or may not").contains("Idempotency-Key");
    }

    @Test
    void aDatabaseThatIsAwayIs503HoweverItIsWrapped() {
        check(new CannotGetJdbcConnectionException("secret"), 503, "unavailable");
        check(new DataAccessResourceFailureException("secret"), 503, "unavailable");
        check(new QueryTimeoutException("secret"), 503, "unavailable");
        check(
                new UncategorizedSQLException("task", "select secret", new SQLTransientConnectionException("secret")),
                503,
                "unavailable");
        check(new IllegalStateException("secret", new SQLException("secret", "57P01")), 503, "unavailable");
        check(new IllegalStateException("secret", new SQLException("secret", "08006")), 503, "unavailable");
        check(
                new UncategorizedSQLException("task", "select secret", new SQLException("secret", "22021")),
                500,
                "internal_error");
    }

    @Test
    void springsOwnExceptionsGetTheStatusesOfTheContract() {
        check(new NoHandlerFoundException("GET", "/secret", new HttpHeaders()), 404, "not_found");
        check(new HttpRequestMethodNotSupportedException("PUT"), 405, "method_not_allowed");
        check(new HttpMediaTypeNotSupportedException("secret"), 415, "unsupported_media_type");
        check(new HttpMediaTypeNotAcceptableException(List.of(MediaType.TEXT_HTML)), 406, "not_acceptable");
        check(
                new HttpMessageNotReadableException("secret", new MockHttpInputMessage(new byte[0])),
                400,
                "invalid_json");
        check(new HttpMessageNotWritableException("secret"), 500, "internal_error");
        check(new MissingServletRequestParameterException("limit", "int"), 400, "invalid_request");
        check(new MissingRequestHeaderException("limit", PARAMETER), 400, "invalid_request");
        check(
                new MethodArgumentTypeMismatchException("x", int.class, "limit", PARAMETER, new IOException("secret")),
                400,
                "invalid_request");
        check(new MultipartException("secret"), 415, "unsupported_media_type");
        check(new MaxUploadSizeExceededException(1), 413, "request_too_large");
        check(new AsyncRequestTimeoutException(), 503, "unavailable");
        check(new ResponseStatusException(HttpStatus.GONE, "secret"), 410, "invalid_request");
        check(new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE), 503, "unavailable");
        check(new ResponseStatusException(HttpStatus.BAD_GATEWAY), 500, "internal_error");
    }

    @Test
    void aWrongMethodNamesTheRightOnes() {
        Problem problem = Problems.of(new HttpRequestMethodNotSupportedException("PUT", List.of("GET", "DELETE")));
        assertThat(problem.headers()).containsEntry(HttpHeaders.ALLOW, "DELETE, GET, HEAD, OPTIONS");
    }

    @Test
    void whatNobodyForesawIsAnInternalErrorWithoutInternals() {
        check(new IllegalStateException("secret"), 500, "internal_error");
        check(new NullPointerException("secret"), 500, "internal_error");
        check(new StackOverflowError("secret"), 500, "internal_error");
        check(new IOException("secret"), 500, "internal_error");
    }

    @Test
    void everyStatusOfAContainerHasAnAnswerOfItsOwnStatusUnlessItIsAFault() {
        for (int status = 400; status < 500; status++) {
            assertThat(Problems.ofStatus(status).status()).isEqualTo(status);
        }
        assertThat(Problems.ofStatus(501).status()).isEqualTo(501);
        assertThat(Problems.ofStatus(503).status()).isEqualTo(503);
        assertThat(Problems.ofStatus(505).status()).isEqualTo(500);
    }
}
