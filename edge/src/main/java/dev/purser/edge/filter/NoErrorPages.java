package dev.purser.edge.filter;

import dev.purser.edge.error.Errors;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Answers {@code sendError} itself: the container would render a page. */
final class NoErrorPages extends HttpServletResponseWrapper {
    private final HttpServletRequest request;
    private final Errors errors;

    NoErrorPages(HttpServletRequest request, HttpServletResponse response, Errors errors) {
        super(response);
        this.request = request;
        this.errors = errors;
    }

    @Override
    public void sendError(int status) throws IOException {
        if (status < 400) {
            setStatus(status);
            return;
        }
        errors.answerStatus(request, (HttpServletResponse) getResponse(), status);
    }

    @Override
    public void sendError(int status, @Nullable String message) throws IOException {
        sendError(status);
    }
}
