package dev.purser.domain.organization;

import dev.purser.domain.OrganizationId;
import org.jspecify.annotations.Nullable;

/** An organization as its stream has it. */
public record OrganizationView(
        OrganizationId id,
        String name,
        boolean active,
        PromotionalCredits promotionalCredits,
        @Nullable String stripeAccountId) {
    /** An organization without promotional credits and Stripe account. */
    public OrganizationView(OrganizationId id, String name, boolean active) {
        this(id, name, active, PromotionalCredits.NONE, null);
    }
}
