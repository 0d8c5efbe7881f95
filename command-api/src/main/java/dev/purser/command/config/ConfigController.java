package dev.purser.command.config;

import dev.purser.domain.Mode;
import dev.purser.edge.Caller;
import dev.purser.edge.Gate;
import dev.purser.edge.Gate.Kind;
import dev.purser.edge.idempotency.Answers;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/config}: public; a session token narrows it to that token's mode. */
@RestController
public final class ConfigController {
    private final PaymentsConfig payments;

    public ConfigController(PaymentsConfig payments) {
        this.payments = payments;
    }

    @GetMapping("/v1/config")
    @Gate({Kind.PUBLIC, Kind.BROWSER})
    ResponseEntity<byte[]> config(Caller.@Nullable Browser caller) {
        Mode only = caller == null ? null : caller.access().mode();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("stripePublishableKey", only == Mode.TEST ? null : payments.publishableKeyLive());
        json.put("stripePublishableKeyTest", only == Mode.LIVE ? null : payments.publishableKeyTest());
        json.put("paymentMode", payments.mode().wireName());
        return Answers.json(200, json);
    }
}
