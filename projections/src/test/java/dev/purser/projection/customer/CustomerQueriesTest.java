package dev.purser.projection.customer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.customer.CustomerCommand.BlockCustomer;
import dev.purser.domain.customer.CustomerCommand.UnblockCustomer;
import dev.purser.domain.customer.CustomerCommand.UpdateProfile;
import dev.purser.domain.customer.CustomerStatus;
import dev.purser.domain.wallet.CreditKind;
import dev.purser.domain.wallet.FreezeReason;
import dev.purser.domain.wallet.WalletCommand.FreezeWallet;
import dev.purser.projection.TestLedger;
import dev.purser.projection.TestLedger.Enrolled;
import dev.purser.projection.TestLedger.Tenant;
import dev.purser.projection.customer.CustomerQueries.Filter;
import dev.purser.projection.customer.CustomerQueries.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CustomerQueriesTest {
    private final TestLedger ledger = TestLedger.start();
    private final CustomerQueries queries = new CustomerQueries(ledger.database.dataSource());
    private Tenant tenant = ledger.tenant();

    @BeforeEach
    void aTenantOfItsOwn() {
        tenant = ledger.tenant();
    }

    @AfterAll
    void stop() {
        ledger.close();
    }

    @Test
    void lifetimeFiguresCountBillsAndTopUpsOnly() {
        Enrolled customer = ledger.enrol(tenant, "a", "a@example.com", "Ann");
        ledger.credit(customer.wallet(), CreditKind.TOPUP, Money.ofDollars(10), null);
        ledger.credit(customer.wallet(), CreditKind.BONUS, Money.ofDollars(5), null);
        ledger.credit(customer.wallet(), CreditKind.ADJUSTMENT, Money.ofDollars(3), null);
        ledger.call(customer, Money.ofDollars(2), Money.ofDollars(1));

        CustomerDetails details = details(customer);

        assertThat(details.lifetimeToppedUp()).isEqualTo(Money.ofDollars(10));
        assertThat(details.lifetimeSpend()).isEqualTo(Money.ofDollars(1));
        assertThat(details.balance()).isEqualTo(Money.ofDollars(17));
        assertThat(details.walletId()).isEqualTo(customer.wallet());
        assertThat(details.externalId()).isEqualTo("a");
        assertThat(details.email()).isEqualTo("a@example.com");
        assertThat(details.name()).isEqualTo("Ann");
    }

    @Test
    void aProfileChangesFieldByField() {
        Enrolled customer = ledger.enrol(tenant, "a", "a@example.com", null);
        ledger.send(new UpdateProfile(customer.customer(), null, TestLedger.seal("Ann")));
        ledger.send(new UpdateProfile(customer.customer(), TestLedger.seal("ann@example.com"), null));

        assertThat(details(customer).name()).isEqualTo("Ann");
        assertThat(details(customer).email()).isEqualTo("ann@example.com");
    }

    @Test
    void whatCannotBeOpenedAnyMoreIsGone() {
        Enrolled customer = ledger.enrol(tenant, "erased", "erased", "erased");

        CustomerDetails details = details(customer);

        assertThat(details.externalId()).isEqualTo("deleted_" + customer.customer());
        assertThat(details.email()).isNull();
        assertThat(details.name()).isNull();
    }

    @Test
    void statusAndFreezeAreShown() {
        Enrolled customer = ledger.enrol(tenant, "a");
        ledger.send(new BlockCustomer(customer.customer()));
        ledger.send(new FreezeWallet(customer.wallet(), FreezeReason.BACKEND));
        assertThat(details(customer).status()).isEqualTo(CustomerStatus.BLOCKED);
        assertThat(details(customer).walletFrozen()).isTrue();

        ledger.send(new UnblockCustomer(customer.customer()));
        assertThat(details(customer).status()).isEqualTo(CustomerStatus.ACTIVE);
    }

    @Test
    void listsAreNewestFirstAndOfOneWorld() {
        for (int i = 0; i < 5; i++) {
            ledger.enrol(tenant, "user-" + i);
            ledger.enrol(tenant.in(Mode.LIVE), "live-" + i);
            ledger.enrol(ledger.project(tenant.organization()), "other-" + i);
        }

        Page first = page(null, null, 3, 0);
        Page second = page(null, null, 3, 3);

        assertThat(externalIds(first)).containsExactly("user-4", "user-3", "user-2");
        assertThat(externalIds(second)).containsExactly("user-1", "user-0");
        assertThat(first.total()).isEqualTo(second.total()).isEqualTo(5);
        assertThat(page(null, null, 3, 1_000_000).customers()).isEmpty();
    }

    @Test
    void aCustomerOfAnotherWorldIsNotFound() {
        Enrolled customer = ledger.enrol(tenant, "a");
        ledger.settle();

        assertThat(queries.customer(tenant.project(), Mode.LIVE, customer.customer()))
                .isEmpty();
        assertThat(queries.customer(ledger.tenant().project(), Mode.TEST, customer.customer()))
                .isEmpty();
    }

    @Test
    void anExternalIdIsFoundExactly() {
        ledger.enrol(tenant, "user_1");
        ledger.enrol(tenant, "userX1");
        ledger.enrol(tenant, "user_12");
        ledger.enrol(tenant.in(Mode.LIVE), "user_1");

        assertThat(externalIds(page("user_1", null, 10, 0))).containsExactly("user_1");
        assertThat(page("user_1", null, 10, 0).total()).isEqualTo(1);
        assertThat(page("USER_1", null, 10, 0).customers()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ANN, 2", "example.com, 3", "user, 3", "50%, 1", "_, 1", "\\, 1", "zzz, 0", "'', 3"})
    void aTextIsFoundInExternalIdEmailAndNameInAnyCase(String text, int expected) {
        ledger.enrol(tenant, "user1", "ann@example.com", null);
        ledger.enrol(tenant, "user2", "b_b@example.com", "Anne");
        ledger.enrol(tenant, "user3", "c@example.com", "50% \\ off");

        assertThat(page(null, text, 10, 0).customers()).hasSize(expected);
        assertThat(page(null, text, 10, 0).total()).isEqualTo(expected);
    }

    private Page page(@Nullable String externalId, @Nullable String text, int limit, long offset) {
        ledger.settle();
        return queries.page(new Filter(tenant.project(), tenant.mode(), externalId, text), limit, offset);
    }

    private static List<String> externalIds(Page page) {
        return page.customers().stream().map(CustomerDetails::externalId).toList();
    }

    private CustomerDetails details(Enrolled customer) {
        ledger.settle();
        return queries.customer(tenant.project(), tenant.mode(), customer.customer())
                .orElseThrow();
    }
}
