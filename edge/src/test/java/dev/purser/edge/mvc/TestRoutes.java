package dev.purser.edge.mvc;

import dev.purser.edge.Caller;
import dev.purser.edge.EdgeRequest;
import dev.purser.edge.Gate;
import dev.purser.edge.Gate.Kind;
import dev.purser.edge.Problem;
import dev.purser.edge.idempotency.Answers;
import dev.purser.edge.json.Fields;
import dev.purser.edge.request.Call;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Routes of every family and gate, which do next to nothing. */
@RestController
@Gate(Kind.BACKEND)
class TestRoutes {
    @PostMapping("/v1/wallets/{id}/credit")
    ResponseEntity<byte[]> credit(Caller.Backend caller, @PathVariable String id, Call call) {
        Fields fields = call.fields();
        String text = fields.text("text", 1, 2_000_000);
        fields.verify();
        return Answers.json(
                200, Map.of("actor", caller.actor(), "id", id, "length", text.length(), "requestId", call.requestId()));
    }

    @GetMapping("/v1/wallets/{id}")
    Map<String, String> wallet(Caller caller, @PathVariable String id, @RequestParam(defaultValue = "1") int limit) {
        return Map.of("actor", caller.actor(), "id", id + limit);
    }

    @DeleteMapping("/v1/wallets/{id}")
    Map<String, String> delete(@PathVariable String id) {
        return Map.of("id", id);
    }

    @PostMapping("/v1/sessions/refresh")
    @Gate(Kind.REFRESH)
    ResponseEntity<byte[]> refresh(Caller.Browser caller, Call call) {
        return Answers.json(200, Map.of("actor", caller.actor(), "bytes", call.body().length));
    }

    @GetMapping("/v1/config")
    @Gate({Kind.PUBLIC, Kind.BROWSER})
    Map<String, String> config(Caller.@Nullable Browser caller, HttpServletRequest request) {
        return Map.of(
                "actor", caller == null ? "nobody" : caller.actor(),
                "requestId", EdgeRequest.id(request),
                "logged", String.valueOf(MDC.get("requestId")));
    }

    @PostMapping("/v1/chat/completions")
    @Gate(Kind.BROWSER)
    String chat(@RequestBody Map<String, Object> body) {
        return body.toString();
    }

    @GetMapping("/v1/models/{id}")
    @Gate(Kind.PUBLIC)
    String model(@PathVariable String id) {
        throw new Problem(404, "model_not_found", "No model " + id);
    }

    @GetMapping("/v1/wallet/fault")
    @Gate(Kind.PUBLIC)
    String fault() {
        throw new IllegalStateException("select * from internals");
    }

    @GetMapping("/v1/wallet/async-fault")
    @Gate(Kind.PUBLIC)
    Callable<String> asyncFault() {
        return () -> {
            throw new IllegalStateException("select * from internals");
        };
    }

    @GetMapping("/v1/wallet/half")
    @Gate(Kind.PUBLIC)
    void half(HttpServletResponse response) throws IOException {
        response.getWriter().write("half of an answer");
        response.flushBuffer();
        throw new IllegalStateException("the other half");
    }

    @GetMapping("/v1/wallet/send-error")
    @Gate(Kind.PUBLIC)
    void sendError(HttpServletResponse response) throws IOException {
        response.sendError(404, "internals");
    }
}
