package dev.purser.domain.organization;

import dev.purser.domain.OrganizationId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An organization as one immutable value: what a stream with a bonus per top-up comes to. Its JSON is a cache's and no
 * contract, but a change of its form or meaning needs another {@link #VERSION}.
 */
public record OrganizationSnapshot(
        OrganizationId id,
        String name,
        boolean active,
        PromotionalCredits promotionalCredits,
        @Nullable String stripeAccountId) {
    /** The version of form and meaning. */
    public static final int VERSION = 1;

    public OrganizationSnapshot {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(promotionalCredits, "promotionalCredits");
    }
}
