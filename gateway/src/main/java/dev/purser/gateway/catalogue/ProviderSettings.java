package dev.purser.gateway.catalogue;

import org.jspecify.annotations.Nullable;

/** What the operator's configuration says of a provider; null: as the catalogue has it, and the key by environment. */
public record ProviderSettings(
        @Nullable String baseUrl, @Nullable String apiKey) {
    @Override
    public String toString() {
        return "ProviderSettings[baseUrl=" + baseUrl + ", apiKey=" + (apiKey == null ? "none" : "set") + "]";
    }
}
