package dev.purser.sandbox;

import com.stripe.StripeClient;
import com.stripe.model.Account;
import com.stripe.model.PaymentIntent;
import com.stripe.param.AccountCreateParams;
import com.stripe.param.PaymentIntentCreateParams;
import dev.purser.sandbox.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A sandbox with a webhook, and clients for it: stripe-java as it is published, and plain HTTP. */
final class Fixture implements AutoCloseable {
    static final ModeKeys TEST = new ModeKeys("sk_test_sandbox", "pk_test_sandbox", "whsec_test_sandbox");
    static final ModeKeys LIVE = new ModeKeys("sk_live_sandbox", "pk_live_sandbox", "whsec_live_sandbox");
    static final DeliverySettings QUICK =
            new DeliverySettings(List.of(Duration.ofMillis(20)), Duration.ofMinutes(1), Duration.ofSeconds(5), 4);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    final Inbox inbox = new Inbox();
    final StripeSandbox sandbox;
    final StripeClient live;
    final StripeClient test;

    private Fixture(SandboxSettings settings) {
        sandbox = StripeSandbox.start(settings.withWebhook(inbox.address()));
        live = client(LIVE.secretKey());
        test = client(TEST.secretKey());
    }

    static Fixture started() {
        return new Fixture(settings());
    }

    static Fixture startedIn(Path directory) {
        return new Fixture(settings().withDataDirectory(directory));
    }

    static Fixture startedAt(InstantSource clock) {
        return new Fixture(settings().withClock(clock));
    }

    static SandboxSettings settings() {
        return SandboxSettings.of(TEST, LIVE).withDelivery(QUICK);
    }

    StripeClient client(String key) {
        return client(sandbox.baseUrl(), key);
    }

    /** Without retries, so that a test sees each answer. */
    static StripeClient client(URI base, String key) {
        return StripeClient.builder()
                .setApiKey(key)
                .setApiBase(base.toString())
                .setMaxNetworkRetries(0)
                .build();
    }

    PaymentIntent pay(StripeClient client, long cents, String paymentMethod) throws Exception {
        return client.v1()
                .paymentIntents()
                .create(PaymentIntentCreateParams.builder()
                        .setAmount(cents)
                        .setCurrency("usd")
                        .setPaymentMethod(paymentMethod)
                        .setConfirm(true)
                        .putMetadata("order", "7")
                        .build());
    }

    Account onboarded(StripeClient client, String secretKey) throws Exception {
        Account account = client.v1()
                .accounts()
                .create(AccountCreateParams.builder()
                        .setType(AccountCreateParams.Type.EXPRESS)
                        .setCapabilities(AccountCreateParams.Capabilities.builder()
                                .setTransfers(AccountCreateParams.Capabilities.Transfers.builder()
                                        .setRequested(true)
                                        .build())
                                .build())
                        .build());
        post(secretKey, "/sandbox/accounts/" + account.getId() + "/complete");
        return account;
    }

    /** Everything that was posted, once nothing is on its way any more. */
    List<Inbox.Delivery> delivered() throws Exception {
        post(LIVE.secretKey(), "/sandbox/deliveries/flush");
        return inbox.deliveries();
    }

    /** A POST that must succeed; parameters as name, value, name, value. */
    ObjectNode post(String key, String path, String... params) throws Exception {
        return succeeded(send(request(key, path, "POST", form(params)).build()));
    }

    ObjectNode get(String key, String path) throws Exception {
        return succeeded(send(request(key, path, "GET", null).build()));
    }

    /** The status and the body of whatever is answered. */
    HttpResponse<String> call(String key, String method, String path, @Nullable String body) throws Exception {
        return send(request(key, path, method, body).build());
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String key, String path, String method, @Nullable String body) {
        return HttpRequest.newBuilder(sandbox.baseUrl().resolve(path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    }

    /** What a browser does, without any key. */
    HttpResponse<String> browse(String address, @Nullable String form) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
        return send((form == null ? request.GET() : request.POST(BodyPublishers.ofString(form))).build());
    }

    private static ObjectNode succeeded(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new AssertionError(response.uri() + " answered " + response.statusCode() + " " + response.body());
        }
        return json(response);
    }

    static ObjectNode json(HttpResponse<String> response) {
        return Json.parse(response.body().getBytes(StandardCharsets.UTF_8));
    }

    static String form(String... params) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < params.length; i += 2) {
            form.append(i == 0 ? "" : "&")
                    .append(encoded(params[i]))
                    .append('=')
                    .append(encoded(params[i + 1]));
        }
        return form.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        sandbox.close();
        inbox.close();
        http.close();
    }
}
