package dev.purser.edge.request;

import dev.purser.edge.Caller;
import dev.purser.edge.EdgeRequest;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads the body once the gates have let the request through, and hands a controller its {@link Call}. */
public final class CallResolver implements HandlerMethodArgumentResolver {
    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Call.class;
    }

    @Override
    public Call resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest webRequest,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest request = webRequest.getNativeRequest(HttpServletRequest.class);
        if (request == null) {
            throw new IllegalStateException("not an HTTP request");
        }
        Caller caller = EdgeRequest.caller(request)
                .orElseThrow(() -> new IllegalStateException(parameter.getExecutable() + " needs a caller"));
        return new Call(
                EdgeRequest.id(request),
                caller,
                EdgeRequest.token(request).orElseThrow(),
                request.getMethod(),
                request.getRequestURI(),
                request.getHeader("Idempotency-Key"),
                Bodies.read(request, Bodies.API_LIMIT_BYTES));
    }
}
