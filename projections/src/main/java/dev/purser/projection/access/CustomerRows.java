package dev.purser.projection.access;

import static dev.purser.projection.access.AccessTables.CUSTOMER;
import static dev.purser.projection.access.AccessTables.EXTERNAL_ID;

import dev.purser.domain.customer.CustomerEvent;
import dev.purser.domain.customer.CustomerEvent.CustomerBlocked;
import dev.purser.domain.customer.CustomerEvent.CustomerRegistered;
import dev.purser.domain.customer.CustomerEvent.CustomerUnblocked;
import dev.purser.domain.customer.CustomerEvent.ProfileUpdated;
import dev.purser.domain.customer.CustomerEvent.StripeCustomerLinked;
import dev.purser.domain.customer.CustomerStatus;
import dev.purser.eventstore.inline.InlineRow;
import java.util.List;

/** Customers, and the external ids that each belong to one of them. */
final class CustomerRows {
    private CustomerRows() {}

    static List<InlineRow> of(String stream, CustomerEvent event) {
        return switch (event) {
            case CustomerRegistered registered ->
                List.of(
                        EXTERNAL_ID.claim(
                                registered.projectId().value(),
                                registered.mode().wireName(),
                                registered.externalIdIndex(),
                                registered.customerId().value()),
                        CUSTOMER.claim(
                                registered.customerId().value(),
                                registered.walletId().value(),
                                registered.organizationId().value(),
                                registered.projectId().value(),
                                registered.mode().wireName(),
                                CustomerStatus.ACTIVE.name(),
                                null));
            case ProfileUpdated _ -> List.of();
            case CustomerBlocked _ -> List.of(status(stream, CustomerStatus.BLOCKED));
            case CustomerUnblocked _ -> List.of(status(stream, CustomerStatus.ACTIVE));
            case StripeCustomerLinked linked ->
                List.of(TenantRows.change(CUSTOMER, stream, "stripe_customer_id", linked.stripeCustomerId()));
        };
    }

    private static InlineRow status(String customer, CustomerStatus status) {
        return TenantRows.change(CUSTOMER, customer, "status", status.name());
    }
}
