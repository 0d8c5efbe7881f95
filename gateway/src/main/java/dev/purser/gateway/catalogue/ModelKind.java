package dev.purser.gateway.catalogue;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a model makes, and by which route it is asked. */
public enum ModelKind {
    CHAT("/v1/chat/completions"),
    EMBEDDING("/v1/embeddings"),
    IMAGE("/v1/images/generations");

    private final String route;

    ModelKind(String route) {
        this.route = route;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String route() {
        return route;
    }

    static Optional<ModelKind> of(String wireName) {
        return Stream.of(values())
                .filter(kind -> kind.wireName().equals(wireName))
                .findFirst();
    }
}
