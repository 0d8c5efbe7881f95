package dev.purser.domain.customer;

import static dev.purser.domain.Fixtures.rejected;

import dev.purser.domain.CustomerId;
import dev.purser.domain.Fixtures;
import dev.purser.domain.Mode;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.Rejection.AlreadyExists;
import dev.purser.domain.Sealed;
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
import org.axonframework.test.aggregate.TestExecutor;
import org.junit.jupiter.api.Test;

class CustomerTest {
    private static final CustomerId ID = new CustomerId("cus1");
    private static final Sealed SEALED = new Sealed("c2VhbGVk");
    private static final CustomerRegistered REGISTERED = new CustomerRegistered(
            ID,
            new OrganizationId("org1"),
            new ProjectId("prj1"),
            Mode.TEST,
            new WalletId("wal1"),
            "0a1b",
            SEALED,
            null,
            null);

    @Test
    void isRegisteredOnce() {
        RegisterCustomer register = new RegisterCustomer(
                ID,
                new OrganizationId("org1"),
                new ProjectId("prj1"),
                Mode.TEST,
                new WalletId("wal1"),
                "0a1b",
                SEALED,
                null,
                null);
        Fixtures.of(Customer.class).givenNoPriorActivity().when(register).expectEvents(REGISTERED);
        given(REGISTERED).when(register).expectException(rejected(new AlreadyExists("customer")));
    }

    @Test
    void isBlockedAndUnblocked() {
        given(REGISTERED).when(new BlockCustomer(ID)).expectEvents(new CustomerBlocked());
        given(REGISTERED, new CustomerBlocked()).when(new BlockCustomer(ID)).expectNoEvents();
        given(REGISTERED, new CustomerBlocked()).when(new UnblockCustomer(ID)).expectEvents(new CustomerUnblocked());
        given(REGISTERED).when(new UnblockCustomer(ID)).expectNoEvents();
    }

    @Test
    void recordsAProfileOnlyWhenSomethingIsGiven() {
        given(REGISTERED).when(new UpdateProfile(ID, null, SEALED)).expectEvents(new ProfileUpdated(null, SEALED));
        given(REGISTERED).when(new UpdateProfile(ID, null, null)).expectNoEvents();
    }

    @Test
    void linksTheFirstCounterpartAtStripe() {
        given(REGISTERED).when(new LinkStripeCustomer(ID, "cus_a")).expectEvents(new StripeCustomerLinked("cus_a"));
        given(REGISTERED, new StripeCustomerLinked("cus_a"))
                .when(new LinkStripeCustomer(ID, "cus_b"))
                .expectNoEvents()
                .expectResultMessagePayload(new CustomerView(ID, new WalletId("wal1"), CustomerStatus.ACTIVE, "cus_a"));
    }

    private static TestExecutor<Customer> given(Object... events) {
        return Fixtures.of(Customer.class).given(events);
    }
}
