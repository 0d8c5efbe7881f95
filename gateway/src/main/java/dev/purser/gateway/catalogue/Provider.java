package dev.purser.gateway.catalogue;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Who answers calls.
 *
 * @param baseUrl what {@code /chat/completions} is appended to; null for the built-in provider
 * @param apiKeyEnv the environment variable that holds the key; null where no key is needed
 * @param maxTokensField the field that limits the output, where the client has named none
 * @param wellKnown the address is the one that comes with the product: a public one, no need to look it up
 * @param streamOptions false where the provider refuses {@code stream_options} and reports usage unasked
 */
public record Provider(
        String id,
        @Nullable URI baseUrl,
        @Nullable String apiKeyEnv,
        String maxTokensField,
        boolean streamOptions,
        boolean wellKnown) {
    public static final String BUILTIN = "builtin";

    public boolean builtin() {
        return baseUrl == null;
    }

    Provider at(URI otherBaseUrl) {
        return new Provider(id, otherBaseUrl, apiKeyEnv, maxTokensField, streamOptions, false);
    }
}
