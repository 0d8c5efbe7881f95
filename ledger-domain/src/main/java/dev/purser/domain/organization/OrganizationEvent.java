package dev.purser.domain.organization;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.TopUpId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to an organization. */
public sealed interface OrganizationEvent {
    record OrganizationRegistered(OrganizationId organizationId, String name) implements OrganizationEvent {}

    record OrganizationRenamed(String name) implements OrganizationEvent {}

    record OrganizationActivated() implements OrganizationEvent {}

    record OrganizationDeactivated() implements OrganizationEvent {}

    /** The operator allows so much of bonuses; {@code expiresAt} null: without an end. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PromotionalCreditsGranted(Money amount, @Nullable Instant expiresAt) implements OrganizationEvent {}

    /** A top-up's bonus; {@code portions} sum up to the amount. */
    record PromotionalCreditsSpent(TopUpId topUpId, Money amount, List<PromotionalPortion> portions)
            implements OrganizationEvent {
        public PromotionalCreditsSpent {
            portions = List.copyOf(portions);
        }
    }

    /** A bonus was taken back; the portions expire when they would have. */
    record PromotionalCreditsReturned(TopUpId topUpId, Money amount, List<PromotionalPortion> portions)
            implements OrganizationEvent {
        public PromotionalCreditsReturned {
            portions = List.copyOf(portions);
        }
    }

    /** The Stripe account that payouts go to. */
    record StripeAccountLinked(String accountId) implements OrganizationEvent {}
}
