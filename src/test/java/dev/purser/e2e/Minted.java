package dev.purser.e2e;

import java.util.List;
import java.util.Map;

/** A session just minted, and the two hosts as its browser sees them. */
record Minted(Product product, String token, String sessionId, String walletId, String customerId) {
    static Minted of(Product product, Answer answer) {
        return new Minted(
                product,
                answer.text("/sessionToken"),
                answer.text("/sessionId"),
                answer.text("/walletId"),
                answer.text("/endCustomerId"));
    }

    Api browser() {
        return product.api().as(token);
    }

    Api gateway() {
        return product.gateway().as(token);
    }

    Answer chat(String model, String prompt) {
        return gateway().post("/v1/chat/completions", chatBody(model, prompt));
    }

    /** A chat with few output tokens, so that its hold is small. */
    static Map<String, Object> chatBody(String model, String prompt) {
        return Json.object(
                "model", model, "messages", List.of(Json.object("role", "user", "content", prompt)), "max_tokens", 64);
    }

    static Map<String, Object> streamBody(String model, String prompt) {
        Map<String, Object> body = chatBody(model, prompt);
        body.put("stream", true);
        return body;
    }
}
