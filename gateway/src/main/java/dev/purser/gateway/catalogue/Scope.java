package dev.purser.gateway.catalogue;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The models a session may use. An entry {@code provider/model} pins the provider, a bare model allows any provider of
 * it; the entry {@code auto} allows whatever the choice by needs and price falls on.
 */
public final class Scope {
    public static final String AUTO = "auto";

    private final @Nullable List<ModelAddress> entries;
    private final boolean anyByAuto;

    /** @param models null: every model */
    public Scope(@Nullable List<String> models, Predicate<String> knownProvider) {
        this.entries = models == null
                ? null
                : models.stream()
                        .map(entry -> ModelAddress.parse(entry, knownProvider))
                        .toList();
        this.anyByAuto = models != null && models.contains(AUTO);
    }

    public boolean allows(Offer offer) {
        return entries == null || entries.stream().anyMatch(entry -> entry.matches(offer));
    }

    public boolean allowsByAuto(Offer offer) {
        return anyByAuto || allows(offer);
    }
}
