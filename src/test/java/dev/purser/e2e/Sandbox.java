package dev.purser.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One mode of the play-money Stripe, driven as cardholders, banks and Stripe itself would. */
record Sandbox(Api api, String secretKey, String webhookSecret) {
    private static final String VISA = "pm_card_visa";

    static Sandbox live(Product product) {
        return of(product, "");
    }

    static Sandbox test(Product product) {
        return of(product, "_TEST");
    }

    private static Sandbox of(Product product, String suffix) {
        Properties keys = new Properties();
        try (Reader reader = Files.newBufferedReader(product.dataDirectory().resolve("secrets/sandbox.env"))) {
            keys.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return at(
                product.sandbox(),
                keys.getProperty("STRIPE_SECRET_KEY" + suffix),
                keys.getProperty("STRIPE_WEBHOOK_SECRET" + suffix));
    }

    static Sandbox at(Api address, String secretKey, @Nullable String webhookSecret) {
        return new Sandbox(address.as(secretKey), secretKey, String.valueOf(webhookSecret));
    }

    /** Alternating names and values, as Stripe takes them. */
    Answer post(String path, Object... namesAndValues) {
        return api.with("Content-Type", "application/x-www-form-urlencoded").post(path, form(namesAndValues));
    }

    JsonNode get(String path) {
        return api.get(path).expect(200).json();
    }

    /** Pays with a card that works, and waits until Purser has been told. */
    void pay(String clientSecret) {
        confirm(clientSecret);
        flush();
    }

    void confirm(String clientSecret) {
        Answer paid = post("/v1/payment_intents/" + intentOf(clientSecret) + "/confirm", "payment_method", VISA);
        assertThat(paid.expect(200).text("/status")).isEqualTo("succeeded");
    }

    static String intentOf(String clientSecret) {
        return clientSecret.substring(0, clientSecret.indexOf("_secret_"));
    }

    void refund(String intent, @Nullable Integer cents) {
        Answer refund = cents == null
                ? post("/v1/refunds", "payment_intent", intent)
                : post("/v1/refunds", "payment_intent", intent, "amount", cents);
        refund.expect(200);
        flush();
    }

    String dispute(String intent) {
        String dispute =
                post("/sandbox/disputes", "payment_intent", intent).expect(200).text("/id");
        flush();
        return dispute;
    }

    void close(String dispute, String status) {
        post("/sandbox/disputes/" + dispute + "/close", "status", status).expect(200);
        flush();
    }

    /** Waits until every event is with Purser. */
    void flush() {
        Answer flushed = post("/sandbox/deliveries/flush", "timeout_millis", 20_000);
        assertThat(flushed.expect(200).at("/delivered").booleanValue())
                .as("delivered: %s", flushed.body())
                .isTrue();
    }

    /** Every event so many times, in shuffled order, over parallel connections. */
    void redeliverAll(int times, int parallel, long seed) {
        Answer sent = post("/sandbox/deliveries/redeliver", "times", times, "parallel", parallel, "seed", seed);
        assertThat(sent.expect(200).number("/failed")).as("%s", sent.body()).isZero();
    }

    void redeliver(String type) {
        Answer sent = post("/sandbox/deliveries/redeliver", "type", type);
        assertThat(sent.expect(200).number("/failed")).as("%s", sent.body()).isZero();
    }

    void pause() {
        post("/sandbox/deliveries/pause").expect(200);
    }

    /** What waits is lost, as far as the webhook is concerned. */
    void resumeAndDrop() {
        post("/sandbox/deliveries/resume", "drop", "true").expect(200);
    }

    /** @param times how many requests are hit; -1: all, until the faults are cleared */
    void fault(String kind, String method, String path, int times) {
        post("/sandbox/faults", "kind", kind, "method", method, "path", path, "times", times)
                .expect(200);
    }

    void clearFaults() {
        api.delete("/sandbox/faults").expect(200);
    }

    long transfers(String payoutId) {
        return get("/sandbox/transfers?transfer_group=" + payoutId)
                .path("count")
                .longValue();
    }

    private static String form(Object... namesAndValues) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.append(i == 0 ? "" : "&")
                    .append(URLEncoder.encode(String.valueOf(namesAndValues[i]), StandardCharsets.UTF_8))
                    .append('=')
                    .append(URLEncoder.encode(String.valueOf(namesAndValues[i + 1]), StandardCharsets.UTF_8));
        }
        return form.toString();
    }
}
