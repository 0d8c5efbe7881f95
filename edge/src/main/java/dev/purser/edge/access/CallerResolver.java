package dev.purser.edge.access;

import dev.purser.edge.Caller;
import dev.purser.edge.EdgeRequest;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Hands a controller its caller: {@link Caller} or one of its kinds; null to a nullable parameter of a public route.
 */
public final class CallerResolver implements HandlerMethodArgumentResolver {
    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return Caller.class.isAssignableFrom(parameter.getParameterType());
    }

    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest webRequest,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest request = webRequest.getNativeRequest(HttpServletRequest.class);
        Caller caller = request == null ? null : EdgeRequest.caller(request).orElse(null);
        if (parameter.getParameterType().isInstance(caller)) {
            return caller;
        }
        if (parameter.isOptional()) {
            return null;
        }
        throw new IllegalStateException(
                "the gates of " + parameter.getExecutable() + " let in a caller it does not take");
    }
}
