package dev.purser.command.customer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.command.TestApi;
import dev.purser.domain.customer.CustomerCommand.BlockCustomer;
import dev.purser.domain.customer.CustomerCommand.UnblockCustomer;
import java.util.List;
import org.junit.jupiter.api.Test;

class CustomerRoutesTest {
    private final TestApi api = new TestApi();

    @Test
    void aBackendBlocksAndUnblocks() {
        assertThat(api.post("/v1/customers/cus1/block", TestApi.SECRET, "")
                        .expect(200)
                        .text())
                .isEqualTo("{\"id\":\"cus1\",\"status\":\"blocked\",\"walletId\":\"wal1\"}");
        assertThat(api.post("/v1/customers/cus1/unblock", TestApi.SECRET, "")
                        .expect(200)
                        .json())
                .containsEntry("status", "active");
        assertThat(api.ledger.commands)
                .isEqualTo(List.of(new BlockCustomer(TestApi.CUSTOMER), new UnblockCustomer(TestApi.CUSTOMER)));
    }

    @Test
    void aCustomerOfAnotherTenantOrModeDoesNotExist() {
        for (String action : List.of("block", "unblock")) {
            api.post("/v1/customers/cus2/" + action, TestApi.SECRET, "").expectError(404, "not_found");
            api.post("/v1/customers/wal1/" + action, TestApi.SECRET, "").expectError(404, "not_found");
            api.post("/v1/customers/cus1/" + action, TestApi.LIVE_SECRET, "").expectError(404, "not_found");
        }
        assertThat(api.ledger.commands).isEmpty();
    }
}
