package dev.purser.command.customer;

import dev.purser.domain.CustomerId;
import dev.purser.domain.customer.CustomerCommand;
import dev.purser.domain.customer.CustomerCommand.BlockCustomer;
import dev.purser.domain.customer.CustomerCommand.UnblockCustomer;
import dev.purser.domain.customer.CustomerView;
import dev.purser.edge.Caller;
import dev.purser.edge.Gate;
import dev.purser.edge.Gate.Kind;
import dev.purser.edge.Problem;
import dev.purser.edge.idempotency.Idempotency;
import dev.purser.edge.request.Call;
import dev.purser.edge.request.PathIds;
import dev.purser.projection.access.AccessDirectory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A blocked customer gets no sessions and its tokens are refused; the money stays. */
@RestController
public final class CustomerController {
    private final Idempotency idempotency;
    private final AccessDirectory directory;

    public CustomerController(Idempotency idempotency, AccessDirectory directory) {
        this.idempotency = idempotency;
        this.directory = directory;
    }

    @PostMapping("/v1/customers/{id}/block")
    @Gate(Kind.BACKEND)
    ResponseEntity<byte[]> block(Caller.Backend caller, @PathVariable String id, Call call) {
        return answer(caller, id, call, BlockCustomer::new);
    }

    @PostMapping("/v1/customers/{id}/unblock")
    @Gate(Kind.BACKEND)
    ResponseEntity<byte[]> unblock(Caller.Backend caller, @PathVariable String id, Call call) {
        return answer(caller, id, call, UnblockCustomer::new);
    }

    private ResponseEntity<byte[]> answer(
            Caller.Backend caller, String id, Call call, Function<CustomerId, CustomerCommand> command) {
        return idempotency.answer(call, commands -> {
            CustomerId customerId = PathIds.customer(id);
            if (directory
                    .customer(caller.access().projectId(), caller.access().mode(), customerId)
                    .isEmpty()) {
                throw Problem.notFound("customer");
            }
            call.fields().verify();
            return commands.answer(200, command.apply(customerId), CustomerController::json);
        });
    }

    private static Map<String, Object> json(CustomerView customer) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", customer.id().value());
        json.put("status", customer.status().wireName());
        json.put("walletId", customer.walletId().value());
        return json;
    }
}
