package dev.purser.payments.reconciliation;

import dev.purser.edge.Gate;
import dev.purser.edge.Gate.Kind;
import dev.purser.edge.idempotency.Answers;
import dev.purser.edge.request.Call;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The operator has Stripe's records held against ours now, and reads what did not match. */
@RestController
@Gate(Kind.OPERATOR)
public final class ReconciliationController {
    private static final Logger log = LoggerFactory.getLogger(ReconciliationController.class);

    /** A long run goes on after its request is answered. */
    private static final Duration WAIT = Duration.ofSeconds(20);

    private final Reconciliations reconciliations;

    public ReconciliationController(Reconciliations reconciliations) {
        this.reconciliations = reconciliations;
    }

    /** 200 with the new reports, 202 with the old ones while it is still going on. */
    @PostMapping("/v1/admin/reconciliations")
    ResponseEntity<byte[]> run(Call call) throws InterruptedException {
        call.fields().verify();
        Thread run = Thread.ofVirtual().name("reconciliation-asked-for").start(this::run);
        return answer(run.join(WAIT) ? 200 : 202);
    }

    @GetMapping("/v1/admin/reconciliations")
    ResponseEntity<byte[]> last() {
        return answer(200);
    }

    private void run() {
        try {
            reconciliations.run();
        } catch (RuntimeException e) {
            log.warn("the reconciliation that was asked for failed", e);
        }
    }

    private ResponseEntity<byte[]> answer(int status) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("running", reconciliations.isRunning());
        json.put("reconciliations", reconciliations.reports());
        return Answers.json(status, json);
    }
}
