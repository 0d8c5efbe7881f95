package dev.purser.edge.error;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/** Spring MVC's way to {@link Errors}; comes before every other resolver and leaves them nothing that could be answered. */
public final class ErrorResolver implements HandlerExceptionResolver, Ordered {
    private static final Logger logger = LoggerFactory.getLogger(ErrorResolver.class);

    private final Errors errors;

    public ErrorResolver(Errors errors) {
        this.errors = errors;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception exception) {
        // An answer that has begun is cut off by the container, which the exception therefore has to reach.
        if (exception instanceof DecidedElsewhere || response.isCommitted()) {
            return null;
        }
        try {
            // Static files are mapped to every path: a method they do not take is a path that nobody knows.
            boolean onlyStaticFiles = handler instanceof ResourceHttpRequestHandler
                    && exception instanceof HttpRequestMethodNotSupportedException;
            errors.answer(request, response, onlyStaticFiles ? Problems.ofStatus(404) : exception);
        } catch (IOException e) {
            logger.debug("the client was gone before its error could be written", e);
        }
        return new ModelAndView();
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
