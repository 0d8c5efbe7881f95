package dev.purser.projection.customer;

import dev.purser.domain.Sealed;
import dev.purser.domain.customer.CustomerEvent;
import dev.purser.domain.customer.CustomerEvent.CustomerBlocked;
import dev.purser.domain.customer.CustomerEvent.CustomerRegistered;
import dev.purser.domain.customer.CustomerEvent.CustomerUnblocked;
import dev.purser.domain.customer.CustomerEvent.ProfileUpdated;
import dev.purser.domain.customer.CustomerEvent.StripeCustomerLinked;
import dev.purser.domain.customer.CustomerStatus;
import dev.purser.projection.engine.ProjectedEvent;
import dev.purser.projection.engine.Projection;
import dev.purser.projection.engine.Unsealer;
import dev.purser.projection.table.ReadTable;
import dev.purser.projection.table.Rows;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who the customers are. Their money figures are their wallet's. */
public final class CustomerProjection implements Projection {
    private final Unsealer unsealer;

    public CustomerProjection(Unsealer unsealer) {
        this.unsealer = unsealer;
    }

    @Override
    public String name() {
        return "customer";
    }

    @Override
    public List<ReadTable<?>> tables() {
        return List.of(CustomerRow.TABLE);
    }

    @Override
    public void apply(Rows rows, List<ProjectedEvent> events) throws SQLException {
        List<ProjectedEvent> ours = events.stream()
                .filter(event -> event.payload() instanceof CustomerEvent)
                .toList();
        if (ours.isEmpty()) {
            return;
        }
        Map<String, CustomerRow> customers = rows.load(
                CustomerRow.TABLE,
                ours.stream()
                        .filter(event -> !(event.payload() instanceof CustomerRegistered))
                        .map(ProjectedEvent::stream)
                        .distinct()
                        .toList());
        for (ProjectedEvent event : ours) {
            if (event.payload() instanceof CustomerEvent customerEvent) {
                add(customers, event, customerEvent);
            }
        }
        rows.store(CustomerRow.TABLE, customers.values());
    }

    private void add(Map<String, CustomerRow> customers, ProjectedEvent event, CustomerEvent customerEvent) {
        if (customerEvent instanceof CustomerRegistered registered) {
            customers.computeIfAbsent(event.stream(), _ -> register(event, registered));
            return;
        }
        CustomerRow customer = customers.get(event.stream());
        if (customer == null) {
            throw new IllegalStateException("customer " + event.stream() + " was never registered");
        }
        if (customer.has(event)) {
            return;
        }
        switch (customerEvent) {
            case CustomerRegistered _ -> throw new IllegalStateException("cannot be reached");
            case ProfileUpdated updated -> {
                if (updated.email() != null) {
                    customer.email(open(event.stream(), updated.email()));
                }
                if (updated.name() != null) {
                    customer.name(open(event.stream(), updated.name()));
                }
            }
            case CustomerBlocked _ -> customer.status(CustomerStatus.BLOCKED);
            case CustomerUnblocked _ -> customer.status(CustomerStatus.ACTIVE);
            case StripeCustomerLinked _ -> {}
        }
        customer.reach(event);
    }

    private CustomerRow register(ProjectedEvent event, CustomerRegistered registered) {
        String id = event.stream();
        CustomerRow row = new CustomerRow(event, registered, open(id, registered.externalId()));
        row.email(open(id, registered.email()));
        row.name(open(id, registered.name()));
        return row;
    }

    private @Nullable String open(String customerId, @Nullable Sealed sealed) {
        return sealed == null ? null : unsealer.open(customerId, sealed);
    }
}
