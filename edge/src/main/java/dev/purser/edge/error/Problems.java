package dev.purser.edge.error;

import dev.purser.domain.ClaimTaken;
import dev.purser.domain.LedgerUnavailable;
import dev.purser.domain.Rejected;
import dev.purser.edge.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.util.pattern.PatternParseException;

/** Turns whatever was thrown into a problem; what nobody foresaw is a 500. */
public final class Problems {
    private static final Map<String, String> RETRY_SOON = Map.of(HttpHeaders.RETRY_AFTER, "1");

    private Problems() {}

    public static Problem of(Throwable thrown) {
        return switch (thrown) {
            case Problem problem -> problem;
            case Rejected rejected -> Rejections.problem(rejected.rejection());
            case LedgerUnavailable unavailable -> of(unavailable);
            case ClaimTaken taken -> new Problem(409, "already_exists", "That exists already (" + taken.table() + ")");
            case DataAccessResourceFailureException _, TransientDataAccessException _ -> databaseIsAway();
            case RuntimeException failure when DatabaseAway.is(failure) -> databaseIsAway();
            case HttpRequestMethodNotSupportedException wrongMethod -> of(wrongMethod);
            case HttpMessageNotReadableException _ ->
                new Problem(400, "invalid_json", "the body could not be read as JSON");
            case MissingServletRequestParameterException missing ->
                Problem.invalid(missing.getParameterName(), "is required");
            case MethodArgumentTypeMismatchException mismatch ->
                Problem.invalid(mismatch.getName(), "has the wrong form");
            case ServletRequestBindingException _, TypeMismatchException _, PatternParseException _ -> ofStatus(400);
            case MultipartException other when !(other instanceof ErrorResponse) -> ofStatus(415);
            case AsyncRequestTimeoutException _ ->
                new Problem(503, "unavailable", "The answer took too long", List.of(), RETRY_SOON);
            case ErrorResponse response
            when response.getStatusCode().value() != 500 ->
                ofStatus(response.getStatusCode().value());
            default -> internal();
        };
    }

    /** For answers that come with nothing but a status. */
    public static Problem ofStatus(int status) {
        return switch (status) {
            case 400 -> new Problem(400, "invalid_request", "The request is malformed");
            case 401 -> new Problem(401, "invalid_token", "A valid token is needed");
            case 403 -> new Problem(403, "forbidden", "That is not allowed");
            case 404 -> new Problem(404, "not_found", "There is no such route");
            case 405 -> new Problem(405, "method_not_allowed", "The route does not take this method");
            case 406 ->
                new Problem(406, "not_acceptable", "The answer is JSON; the Accept header asks for something else");
            case 408 -> new Problem(408, "request_timeout", "The request did not arrive in time");
            case 413 -> new Problem(413, "request_too_large", "The request is too large");
            case 414 -> new Problem(414, "uri_too_long", "The address is too long");
            case 415 -> new Problem(415, "unsupported_media_type", "The body must be JSON in UTF-8: application/json");
            case 431 -> new Problem(431, "headers_too_large", "The request's headers are too large");
            case 501 -> new Problem(501, "not_implemented", "The method is not known here");
            case 503 -> new Problem(503, "unavailable", "Please try again a little later", List.of(), RETRY_SOON);
            default ->
                status >= 400 && status < 500
                        ? new Problem(status, "invalid_request", "The request was refused")
                        : internal();
        };
    }

    static Problem internal() {
        return new Problem(500, "internal_error", "Something went wrong here; the request id helps to find out what");
    }

    private static Problem of(LedgerUnavailable unavailable) {
        return unavailable.outcomeKnown()
                ? new Problem(
                        503,
                        "ledger_unavailable",
                        "The ledger could not take the command; try again a little later",
                        List.of(),
                        RETRY_SOON)
                : new Problem(
                        503,
                        "outcome_unknown",
                        "The command may or may not have taken effect; repeat it with the same Idempotency-Key,"
                                + " or look before repeating it");
    }

    private static Problem databaseIsAway() {
        return new Problem(
                503, "unavailable", "The database does not answer; try again a little later", List.of(), RETRY_SOON);
    }

    private static Problem of(HttpRequestMethodNotSupportedException wrongMethod) {
        Set<HttpMethod> supported = wrongMethod.getSupportedHttpMethods();
        if (supported == null || supported.isEmpty()) {
            return ofStatus(405);
        }
        Set<String> allow = new TreeSet<>();
        supported.forEach(method -> allow.add(method.name()));
        if (supported.contains(HttpMethod.GET)) {
            allow.add(HttpMethod.HEAD.name());
        }
        allow.add(HttpMethod.OPTIONS.name());
        String methods = String.join(", ", allow);
        return new Problem(
                405, "method_not_allowed", "The route takes " + methods, List.of(), Map.of(HttpHeaders.ALLOW, methods));
    }
}
