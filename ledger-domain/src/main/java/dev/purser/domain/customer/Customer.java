package dev.purser.domain.customer;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.purser.domain.CustomerId;
import dev.purser.domain.FromFirstEvent;
import dev.purser.domain.Rejection.AlreadyExists;
import dev.purser.domain.WalletId;
import dev.purser.domain.customer.CustomerCommand.BlockCustomer;
import dev.purser.domain.customer.CustomerCommand.LinkStripeCustomer;
import dev.purser.domain.customer.CustomerCommand.RegisterCustomer;
import dev.purser.domain.customer.CustomerCommand.UnblockCustomer;
import dev.purser.domain.customer.CustomerCommand.UpdateProfile;
import dev.purser.domain.customer.CustomerEvent.CustomerBlocked;
import dev.purser.domain.customer.CustomerEvent.CustomerRegistered;
import dev.purser.domain.customer.CustomerEvent.CustomerUnblocked;
import dev.purser.domain.customer.CustomerEvent.ProfileUpdated;
import dev.purser.domain.customer.CustomerEvent.StripeCustomerLinked;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** One end-user of a project in one mode. */
public final class Customer {
    @AggregateIdentifier
    private String id;

    @FromFirstEvent
    private WalletId walletId;

    private CustomerStatus status = CustomerStatus.ACTIVE;
    private @Nullable String stripeCustomerId;

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    public CustomerView handle(RegisterCustomer command) {
        if (id != null) {
            throw new AlreadyExists("customer").asException();
        }
        apply(new CustomerRegistered(
                command.customerId(),
                command.organizationId(),
                command.projectId(),
                command.mode(),
                command.walletId(),
                command.externalIdIndex(),
                command.externalId(),
                command.email(),
                command.name()));
        return view();
    }

    @CommandHandler
    CustomerView handle(UpdateProfile command) {
        if (command.email() != null || command.name() != null) {
            apply(new ProfileUpdated(command.email(), command.name()));
        }
        return view();
    }

    @CommandHandler
    CustomerView handle(BlockCustomer command) {
        if (status == CustomerStatus.ACTIVE) {
            apply(new CustomerBlocked());
        }
        return view();
    }

    @CommandHandler
    CustomerView handle(UnblockCustomer command) {
        if (status == CustomerStatus.BLOCKED) {
            apply(new CustomerUnblocked());
        }
        return view();
    }

    @CommandHandler
    CustomerView handle(LinkStripeCustomer command) {
        if (stripeCustomerId == null) {
            apply(new StripeCustomerLinked(command.stripeCustomerId()));
        }
        return view();
    }

    @EventSourcingHandler
    void on(CustomerEvent event) {
        switch (event) {
            case CustomerRegistered registered -> {
                id = registered.customerId().value();
                walletId = registered.walletId();
            }
            case ProfileUpdated _ -> {}
            case CustomerBlocked _ -> status = CustomerStatus.BLOCKED;
            case CustomerUnblocked _ -> status = CustomerStatus.ACTIVE;
            case StripeCustomerLinked linked -> stripeCustomerId = linked.stripeCustomerId();
        }
    }

    private CustomerView view() {
        return new CustomerView(new CustomerId(id), walletId, status, stripeCustomerId);
    }
}
