package dev.purser.projection.engine;

import dev.purser.domain.Sealed;
import org.jspecify.annotations.Nullable;

/** Opens what is encrypted with a customer's key; null once that key is erased. */
@FunctionalInterface
public interface Unsealer {
    @Nullable
    String open(String customerId, Sealed sealed);
}
