package dev.purser.app.web;

import dev.purser.edge.Problem;
import dev.purser.edge.error.ErrorBody;
import dev.purser.edge.filter.EdgeFilter;
import dev.purser.eventstore.secret.Ids;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Tomcat itself refuses (a broken request line, a header out of bounds) and what falls through every controller is
 * answered as JSON in the shape of the port it came in by, never as Tomcat's HTML page.
 */
final class JsonErrorReportValve extends ErrorReportValve {
    private static final Logger log = LoggerFactory.getLogger(JsonErrorReportValve.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final String REQUEST_ID = EdgeFilter.REQUEST_ID_HEADER;

    private final FurtherConnector gateway;

    JsonErrorReportValve(FurtherConnector gateway) {
        this.gateway = gateway;
        setShowReport(false);
        setShowServerInfo(false);
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        int status = blameTheRightSide(response);
        String requestId = requestId(response);
        if (throwable != null && status >= 500) {
            try (MDC.MDCCloseable _ = MDC.putCloseable("requestId", requestId)) {
                log.error("A request failed outside of every controller", throwable);
            }
        }
        Problem problem = ContainerProblems.of(status);
        byte[] bytes = JSON.writeValueAsBytes(
                gateway.is(request.getConnector())
                        ? ErrorBody.openAi(problem, requestId)
                        : ErrorBody.api(problem, requestId));
        try {
            response.setContentType("application/json");
            response.setContentLength(bytes.length);
            response.getOutputStream().write(bytes);
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            log.debug("The client has gone before its error was written", e);
        }
    }

    /** An HTTP version or a transfer coding that nobody offers is the client's mistake; Tomcat answers 505 and 501. */
    private static int blameTheRightSide(Response response) {
        if (response.getStatus() == 501 || response.getStatus() == 505) {
            response.setStatus(400);
        }
        return response.getStatus();
    }

    private static String requestId(Response response) {
        String given = response.getHeader(REQUEST_ID);
        if (given != null) {
            return given;
        }
        String fresh = Ids.next("req");
        response.setHeader(REQUEST_ID, fresh);
        return fresh;
    }
}
