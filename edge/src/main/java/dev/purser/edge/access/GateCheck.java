package dev.purser.edge.access;

import java.util.Collection;
import java.util.List;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Refuses to start when a handler of ours does not say who may call it. */
public final class GateCheck implements SmartInitializingSingleton {
    private static final String OURS = "dev.purser.";

    private final Collection<RequestMappingHandlerMapping> mappings;

    public GateCheck(Collection<RequestMappingHandlerMapping> mappings) {
        this.mappings = List.copyOf(mappings);
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<String> open = mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().values().stream())
                .filter(handler -> handler.getBeanType().getName().startsWith(OURS))
                .filter(handler -> GateInterceptor.gatesOf(handler).isEmpty())
                .map(HandlerMethod::toString)
                .sorted()
                .toList();
        if (!open.isEmpty()) {
            throw new IllegalStateException("handlers without @Gate: " + String.join(", ", open));
        }
    }
}
