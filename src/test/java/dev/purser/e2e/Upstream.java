package dev.purser.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/**
 * An OpenAI-compatible provider on loopback. How it behaves is in the name of the model, how much it reports in the last
 * message ({@code usage=<prompt>/<completion>[/<cached>]}), so that tests do not share state.
 */
final class Upstream {
    static final String KEY_VARIABLE = "E2E_UPSTREAM_KEY";
    static final String KEY = "e2e-upstream-key-5c1f0b";

    /** Answers at once, with usage. */
    static final Model STEADY = new Model("steady", "3", "0.3", "15");

    /** Half nano-dollars a token: a charge has to be rounded, and ties tell which way. */
    static final Model UNEVEN = new Model("uneven", "0.1235", "0.06175", "0.75");

    /** A cent for each output token. */
    static final Model DEAR = new Model("dear", "100", "100", "10000");

    /** Never reports usage. */
    static final Model SILENT = new Model("silent", "3", "0.3", "15");

    /** Answers 500 to everything. */
    static final Model FAILING = new Model("failing", "3", "0.3", "15");

    /** Answers 400 to everything. */
    static final Model REFUSING = new Model("refusing", "3", "0.3", "15");

    /** Streams a word every 30 ms for about a second, then reports usage. */
    static final Model DRIPPING = new Model("dripping", "3", "0.3", "15");

    /** Streams a word every 30 ms until it is hung up on. */
    static final Model ENDLESS = new Model("endless", "3", "0.3", "15");

    /** Streams three words, then cuts the connection. */
    static final Model BREAKING = new Model("breaking", "3", "0.3", "15");

    /** Embeddings for ten cents per million tokens: four numbers a text, a token for each character. */
    static final String VECTORS = "fake/vectors";

    /** Images for four cents, eight at the better quality. */
    static final String PICTURES = "fake/pictures";

    private static final List<Model> MODELS =
            List.of(STEADY, UNEVEN, DEAR, SILENT, FAILING, REFUSING, DRIPPING, ENDLESS, BREAKING);

    private static final class Shared {
        private static final Upstream UPSTREAM = new Upstream();
    }

    private final HttpServer server;
    private final Path catalogue;
    private final ConcurrentLinkedQueue<Received> received = new ConcurrentLinkedQueue<>();
    private final AtomicInteger hangUps = new AtomicInteger();

    /** A model and its price in dollars per million tokens. */
    record Model(String id, BigDecimal input, BigDecimal cachedInput, BigDecimal output) {
        Model(String id, String input, String cachedInput, String output) {
            this(id, new BigDecimal(input), new BigDecimal(cachedInput), new BigDecimal(output));
        }

        String name() {
            return "fake/" + id;
        }

        /** Computed here anew, not with the product's own code. */
        BigDecimal price(long prompt, long completion) {
            return price(prompt, completion, 0);
        }

        BigDecimal price(long prompt, long completion, long cached) {
            return input.multiply(BigDecimal.valueOf(prompt - cached))
                    .add(cachedInput.multiply(BigDecimal.valueOf(cached)))
                    .add(output.multiply(BigDecimal.valueOf(completion)))
                    .movePointLeft(6)
                    .setScale(9, RoundingMode.HALF_EVEN)
                    .stripTrailingZeros();
        }
    }

    /** A call as it came in. */
    record Received(String authorization, JsonNode body) {}

    static Upstream shared() {
        return Shared.UPSTREAM;
    }

    private Upstream() {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
            catalogue = Files.createTempFile("purser-e2e-catalogue-", ".json");
            catalogue.toFile().deleteOnExit();
            Files.writeString(catalogue, Json.write(catalogueContent()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory()));
        server.createContext("/v1/chat/completions", this::chat);
        server.createContext("/v1/embeddings", this::embeddings);
        server.createContext("/v1/images/generations", this::images);
        server.start();
    }

    /** The file that makes the product know this provider and its prices. */
    Path catalogue() {
        return catalogue;
    }

    /** The calls in whose messages the marker stands. */
    List<Received> received(String marker) {
        return received.stream()
                .filter(call -> call.body().path("messages").toString().contains(marker))
                .toList();
    }

    /** How often a client (the product) went away in the middle of an answer. */
    int hangUps() {
        return hangUps.get();
    }

    private Map<String, Object> catalogueContent() {
        Map<String, Object> provider = Json.object(
                "id",
                "fake",
                "baseUrl",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/v1",
                "apiKeyEnv",
                KEY_VARIABLE);
        List<Map<String, Object>> models = new ArrayList<>();
        models.add(Json.object(
                "id",
                "vectors",
                "provider",
                "fake",
                "kind",
                "embedding",
                "context",
                8_000,
                "tariff",
                Json.object("input", "0.1")));
        models.add(Json.object(
                "id",
                "pictures",
                "provider",
                "fake",
                "kind",
                "image",
                "tariff",
                Json.object(
                        "images",
                        List.of(
                                Json.object("size", "1024x1024", "quality", "standard", "price", "0.04"),
                                Json.object("size", "1024x1024", "quality", "hd", "price", "0.08")))));
        MODELS.stream()
                .map(model -> Json.object(
                        "id",
                        model.id(),
                        "provider",
                        "fake",
                        "context",
                        200_000,
                        "maxOutput",
                        16_384,
                        "abilities",
                        List.of("tools", "json"),
                        "tariff",
                        Json.object(
                                "input", model.input().toPlainString(),
                                "cachedInput", model.cachedInput().toPlainString(),
                                "output", model.output().toPlainString())))
                .forEach(models::add);
        return Json.object("providers", List.of(provider), "models", models);
    }

    private void embeddings(HttpExchange exchange) throws IOException {
        JsonNode request = Json.read(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        JsonNode input = request.path("input");
        List<JsonNode> texts = input.isArray() ? input.valueStream().toList() : List.of(input);
        boolean base64 = request.path("encoding_format").asString("float").equals("base64");
        List<Map<String, Object>> data = new ArrayList<>();
        int tokens = 0;
        for (JsonNode text : texts) {
            Object embedding = base64 ? "AACAPwAAAAAAAAAAAAAAAA==" : List.of(1, 0, 0, 0);
            data.add(Json.object("object", "embedding", "index", data.size(), "embedding", embedding));
            tokens += text.asString("").length();
        }
        answer(
                exchange,
                Json.object(
                        "object",
                        "list",
                        "data",
                        data,
                        "model",
                        "vectors-1",
                        "usage",
                        Json.object("prompt_tokens", tokens, "total_tokens", tokens)));
    }

    private void images(HttpExchange exchange) throws IOException {
        JsonNode request = Json.read(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        List<Map<String, Object>> data = new ArrayList<>();
        for (int i = 0; i < request.path("n").asInt(1); i++) {
            data.add(Json.object("b64_json", "aGVsbG8="));
        }
        answer(exchange, Json.object("created", 1_700_000_000, "data", data));
    }

    private static void answer(HttpExchange exchange, Map<String, Object> json) throws IOException {
        byte[] body = Json.write(json).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void chat(HttpExchange exchange) throws IOException {
        String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        JsonNode request = Json.read(text);
        received.add(new Received(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")), request));
        UpstreamAnswer answer = new UpstreamAnswer(exchange, request);
        try {
            switch (request.path("model").stringValue()) {
                case "steady", "uneven", "dear" -> answer.give(12, 0, true);
                case "silent" -> answer.give(12, 0, false);
                case "dripping" -> answer.give(40, 30, true);
                case "endless" -> answer.give(Integer.MAX_VALUE, 30, true);
                case "breaking" -> answer.breakOff(3);
                case "failing" -> answer.error(500, "server_error", "the provider has a bad day");
                case "refusing" -> answer.error(400, "invalid_request_error", "the provider does not like this");
                default -> answer.error(404, "not_found", "the provider has no such model");
            }
        } catch (IOException e) {
            hangUps.incrementAndGet();
            exchange.close();
        }
    }
}
