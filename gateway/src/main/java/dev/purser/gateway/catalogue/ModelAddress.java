package dev.purser.gateway.catalogue;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How a model is asked for: {@code model} or {@code provider/model}, split at the first slash where the left part is a
 * known provider.
 */
public record ModelAddress(@Nullable String provider, String model) {
    public static ModelAddress parse(String text, Predicate<String> knownProvider) {
        int slash = text.indexOf('/');
        if (slash > 0 && knownProvider.test(text.substring(0, slash))) {
            return new ModelAddress(text.substring(0, slash), text.substring(slash + 1));
        }
        return new ModelAddress(null, text);
    }

    public boolean matches(Offer offer) {
        return model.equals(offer.model())
                && (provider == null || provider.equals(offer.provider().id()));
    }
}
