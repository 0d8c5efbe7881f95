package dev.purser.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Whatever is sent, the answer is an error in the documented shape (or a success, where nothing was wrong with it). */
class FuzzIT {
    private static final int MUTATED_REQUESTS = Integer.getInteger("purser.e2e.fuzz", 3_000);
    private static final int GARBAGE = 600;
    private static final int AT_ONCE = 16;

    private final Product product = Product.shared();
    private final Tenant tenant = Tenant.of(product);
    private final long seed = Long.getLong("purser.e2e.seed", System.nanoTime());

    @AfterEach
    void theProductIsStillHealthy() {
        assertThat(product.healthy()).isTrue();
        Minted minted = tenant.mintWith(1);
        minted.chat(Upstream.STEADY.name(), "still there? usage=5/5").expect(200);
    }

    @Test
    void mutatedRequestsGetErrorsInTheDocumentedShape() {
        Minted victim = tenant.mintWith(1);
        List<FuzzedRequest> templates = FuzzedRequest.templates(tenant, victim);
        runAll(MUTATED_REQUESTS, random -> {
            FuzzedRequest request = templates.get(random.nextInt(templates.size()));
            return request.mutated(random);
        });
    }

    @Test
    void bytesThatAreNoHttpGetAnErrorOrAClosedConnection() {
        runAll(GARBAGE, RawGarbage::next);
    }

    @Test
    void anAmountWithAHugeExponentCostsNothing() {
        Minted minted = tenant.mintWith(1);
        String path = "/v1/wallets/" + minted.walletId() + "/credit";
        assertTimeout(Duration.ofSeconds(5), () -> {
            for (String amount : List.of("1e20000000", "1e-20000000", "1e999999999", "9".repeat(30_000), "1e19")) {
                tenant.backend().post(path, "{\"amount\":" + amount + "}").expectApiError(400);
                tenant.backend().post(path, "{\"amount\":\"" + amount + "\"}").expectApiError(400);
            }
        });
        assertThat(tenant.wallet(minted.walletId()).money("/balance")).isEqualByComparingTo("1");
    }

    @Test
    void aBodyNestedWithoutEndIsRefused() {
        Minted minted = tenant.mintWith(1);
        String deep = "{\"messages\":" + "[".repeat(50_000);
        tenant.backend().post("/v1/sessions", deep).expectApiError(400);
        minted.gateway().post("/v1/chat/completions", deep).expectGatewayError(400, "invalid_request_error");
        String deepButClosed = "{\"customer\":\"ann\",\"x\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
        assertThat(tenant.backend().post("/v1/sessions", deepButClosed).status())
                .isIn(400, 201);
    }

    private interface Generator {
        FuzzedRequest.Bytes next(Random random);
    }

    private void runAll(int count, Generator generator) {
        List<String> failures = Parallel.call(AT_ONCE, worker -> {
                    List<String> found = new ArrayList<>();
                    for (int number = worker; number < count; number += AT_ONCE) {
                        FuzzedRequest.Bytes request = generator.next(new Random(seed * 31 + number));
                        for (int port : List.of(product.apiPort(), product.gatewayPort())) {
                            verdict(port, request).ifPresent(fault -> found.add(fault + "\n  " + request));
                        }
                    }
                    return found;
                })
                .stream()
                .flatMap(List::stream)
                .toList();
        assertThat(failures)
                .as("%d failures, seed %d (-Dpurser.e2e.seed=%d)", failures.size(), seed, seed)
                .isEmpty();
    }

    private Optional<String> verdict(int port, FuzzedRequest.Bytes request) {
        try {
            Optional<RawHttp.Reply> reply = RawHttp.exchange(port, request.bytes(), request.head());
            if (reply.isEmpty()) {
                return request.mayBeIgnored() ? Optional.empty() : Optional.of("closed without an answer");
            }
            if (request.asksTheServerItself() && reply.get().body().isEmpty()) {
                return Optional.empty();
            }
            return fault(reply.get(), request.head())
                    .map(fault -> "port " + port + ": " + fault + "\n  " + reply.get());
        } catch (IOException e) {
            return Optional.of("port " + port + ": " + e);
        }
    }

    private static Optional<String> fault(RawHttp.Reply reply, boolean head) {
        if (reply.status() >= 500 && reply.status() != 501 && reply.status() != 505) {
            return Optional.of("a " + reply.status());
        }
        if (reply.status() >= 300 && reply.status() < 400) {
            return Optional.of("a redirect");
        }
        if (reply.status() < 300 || head) {
            return Optional.empty();
        }
        if (!reply.header("Content-Type").startsWith("application/json")) {
            return Optional.of("Content-Type is " + reply.header("Content-Type"));
        }
        try {
            JsonNode body = Json.read(reply.body());
            return isApiError(body, reply.status()) || isGatewayError(body)
                    ? Optional.empty()
                    : Optional.of("the error has neither documented shape");
        } catch (JacksonException e) {
            return Optional.of("the error is not JSON");
        }
    }

    private static boolean isApiError(JsonNode body, int status) {
        return body.path("error").isBoolean()
                && body.path("error").booleanValue()
                && body.path("status").intValue(0) == status
                && body.path("code").isString()
                && body.path("message").isString();
    }

    private static boolean isGatewayError(JsonNode body) {
        JsonNode error = body.path("error");
        return error.path("message").isString()
                && error.path("type").isString()
                && error.has("param")
                && error.has("code")
                && body.path("message").isString();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
