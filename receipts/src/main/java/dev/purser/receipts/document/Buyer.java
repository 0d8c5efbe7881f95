package dev.purser.receipts.document;

import org.jspecify.annotations.Nullable;

/** Who paid, as far as is known; an erased customer is nobody any more. */
public record Buyer(@Nullable String name, @Nullable String email) {
    public static final Buyer UNKNOWN = new Buyer(null, null);
}
