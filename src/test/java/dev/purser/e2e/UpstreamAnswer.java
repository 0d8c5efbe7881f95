package dev.purser.e2e;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One answer of {@link Upstream}, in the words of the OpenAI API. */
final class UpstreamAnswer {
    private static final Pattern USAGE = Pattern.compile("usage=(\\d+)/(\\d+)(?:/(\\d+))?");
    private static final long CREATED = 1_760_000_000;

    private final HttpExchange exchange;
    private final String model;
    private final String prompt;
    private final boolean stream;
    private final boolean usageWanted;

    UpstreamAnswer(HttpExchange exchange, JsonNode request) {
        this.exchange = exchange;
        model = request.path("model").stringValue();
        JsonNode messages = request.path("messages");
        prompt = messages.path(messages.size() - 1).path("content").stringValue("");
        stream = request.path("stream").booleanValue(false);
        usageWanted = request.path("stream_options").path("include_usage").booleanValue(false);
    }

    /** Answers with the prompt's own words, over and over. */
    void give(int words, int pauseMillis, boolean reportsUsage) throws IOException {
        if (!stream) {
            whole(words, pauseMillis, reportsUsage);
            return;
        }
        try (OutputStream out = startStream()) {
            for (int word = 0; word < words; word++) {
                chunk(out, word(word) + " ");
                pause(pauseMillis);
            }
            frame(out, chunkOf(Map.of(), "stop"));
            if (reportsUsage && usageWanted) {
                Map<String, Object> last = skeleton("chat.completion.chunk");
                last.put("choices", List.of());
                last.put("usage", usage());
                frame(out, last);
            }
            out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    /** The connection ends without the end of the chunked body. */
    void breakOff(int words) throws IOException {
        OutputStream out = startStream();
        for (int word = 0; word < words; word++) {
            chunk(out, word(word) + " ");
        }
        throw new IOException("cut off on purpose");
    }

    void error(int status, String type, String message) throws IOException {
        send(status, Json.object("error", Json.object("message", message, "type", type, "param", null, "code", null)));
    }

    private void whole(int words, int pauseMillis, boolean reportsUsage) throws IOException {
        pause(pauseMillis);
        StringBuilder content = new StringBuilder();
        for (int word = 0; word < Math.min(words, 1_000); word++) {
            content.append(word(word)).append(' ');
        }
        Map<String, Object> body = skeleton("chat.completion");
        body.put(
                "choices",
                List.of(Json.object(
                        "index",
                        0,
                        "message",
                        Json.object("role", "assistant", "content", content.toString()),
                        "finish_reason",
                        "stop")));
        if (reportsUsage) {
            body.put("usage", usage());
        }
        send(200, body);
    }

    private void send(int status, Map<String, Object> body) throws IOException {
        byte[] bytes = Json.write(body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private OutputStream startStream() throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        frame(out, chunkOf(Map.of("role", "assistant", "content", ""), null));
        return out;
    }

    private void chunk(OutputStream out, String text) throws IOException {
        frame(out, chunkOf(Map.of("content", text), null));
    }

    private Map<String, Object> chunkOf(Map<String, Object> delta, @Nullable String finish) {
        Map<String, Object> chunk = skeleton("chat.completion.chunk");
        chunk.put("choices", List.of(Json.object("index", 0, "delta", delta, "finish_reason", finish)));
        return chunk;
    }

    private Map<String, Object> skeleton(String object) {
        return Json.object("id", "chatcmpl-fake", "object", object, "created", CREATED, "model", model);
    }

    private Map<String, Object> usage() {
        Matcher told = USAGE.matcher(prompt);
        boolean found = told.find();
        long input = found ? Long.parseLong(told.group(1)) : 11;
        long output = found ? Long.parseLong(told.group(2)) : 7;
        long cached = found && told.group(3) != null ? Long.parseLong(told.group(3)) : 0;
        return Json.object(
                "prompt_tokens",
                input,
                "completion_tokens",
                output,
                "total_tokens",
                input + output,
                "prompt_tokens_details",
                Json.object("cached_tokens", cached));
    }

    private String word(int number) {
        String[] words = prompt.isBlank() ? new String[] {"word"} : prompt.split("\\s+");
        return words[number % words.length];
    }

    private static void frame(OutputStream out, Map<String, Object> data) throws IOException {
        out.write(("data: " + Json.write(data) + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void pause(int millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
