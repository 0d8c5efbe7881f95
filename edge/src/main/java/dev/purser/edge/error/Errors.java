package dev.purser.edge.error;

import dev.purser.edge.EdgeRequest;
import dev.purser.edge.Problem;
import dev.purser.edge.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes errors as answers, in the shape of the route's family, and logs the unexpected ones once. Thread-safe. */
public final class Errors {
    private static final Logger logger = LoggerFactory.getLogger(Errors.class);

    private final RouteFamilies families;

    public Errors(RouteFamilies families) {
        this.families = families;
    }

    /** Answers with what was thrown; nothing is written when the answer has left already or the client is gone. */
    public void answer(HttpServletRequest request, HttpServletResponse response, Throwable thrown) throws IOException {
        Problem problem = Problems.of(thrown);
        if (ClientGone.is(thrown)) {
            logger.debug("the client of {} hung up", EdgeRequest.id(request));
        } else {
            log(request, response, problem, thrown);
        }
        write(request, response, problem);
    }

    /** As {@link #answer}, for answers that have only a status, such as those of the servlet container. */
    public void answerStatus(HttpServletRequest request, HttpServletResponse response, int status) throws IOException {
        write(request, response, Problems.ofStatus(status));
    }

    private void write(HttpServletRequest request, HttpServletResponse response, Problem refused) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        Problem problem = sayNotOffered(request, refused);
        Map<String, Object> body = switch (families.of(request)) {
            case API -> ErrorBody.api(problem, EdgeRequest.id(request));
            case OPENAI -> ErrorBody.openAi(problem, EdgeRequest.id(request));
        };
        byte[] bytes = Json.bytes(body);
        response.resetBuffer();
        response.setStatus(problem.status());
        problem.headers().forEach(response::setHeader);
        if (problem.status() == 401) {
            response.setHeader("WWW-Authenticate", "Bearer");
        }
        response.setContentType("application/json");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
        response.flushBuffer();
    }

    /** OpenAI's clients can call much more than there is: they are told so instead of a bare "not found". */
    private static Problem sayNotOffered(HttpServletRequest request, Problem problem) {
        String path = request.getRequestURI();
        boolean noSuchRoute = problem.status() == 404 && problem.code().equals("not_found");
        return noSuchRoute && RouteFamilies.isKnownButNotOffered(path)
                ? new Problem(
                        404,
                        "route_not_offered",
                        "Purser does not offer this route of the OpenAI API; it offers " + RouteFamilies.offered())
                : problem;
    }

    private static void log(
            HttpServletRequest request, HttpServletResponse response, Problem problem, Throwable thrown) {
        if (problem.status() == 500) {
            logger.error(
                    "{} {} {} failed{}",
                    EdgeRequest.id(request),
                    request.getMethod(),
                    request.getRequestURI(),
                    response.isCommitted() ? " after its answer had begun" : "",
                    thrown);
        } else if (problem.status() == 503) {
            logger.warn(
                    "{} {} {} answered 503 {}: {}",
                    EdgeRequest.id(request),
                    request.getMethod(),
                    request.getRequestURI(),
                    problem.code(),
                    thrown.toString());
        }
    }
}
