package dev.purser.edge.mvc;

import dev.purser.edge.access.CallerResolver;
import dev.purser.edge.access.GateInterceptor;
import dev.purser.edge.error.ErrorResolver;
import dev.purser.edge.request.CallResolver;
import java.util.List;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Gates, arguments and errors of every controller. */
public final class EdgeMvc implements WebMvcConfigurer {
    private final GateInterceptor gates;
    private final ErrorResolver errors;

    public EdgeMvc(GateInterceptor gates, ErrorResolver errors) {
        this.gates = gates;
        this.errors = errors;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(gates);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerResolver());
        resolvers.add(new CallResolver());
    }

    @Override
    public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
        resolvers.addFirst(errors);
    }
}
