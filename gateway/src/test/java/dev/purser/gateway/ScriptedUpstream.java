package dev.purser.gateway;

import dev.purser.gateway.wire.WireJson;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** A provider on a raw socket: it does what the script says, down to breaking the connection in the middle of a frame. */
final class ScriptedUpstream implements AutoCloseable {
    static final String SAYS_HELLO_WORLD =
            frame("""
                {"id":"up-1","object":"chat.completion.chunk","created":1700000000,"model":"m-2024",\
                "choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}\
                """) + frame(delta("Hello")) + frame(delta(" world")) + frame(finish());

    interface Script {
        void play(Exchange exchange) throws Exception;
    }

    record Received(String path, Map<String, String> headers, JsonNode body) {}

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private volatile Script script = exchange -> exchange.json(500, "{}");
    final List<Received> received = new CopyOnWriteArrayList<>();

    ScriptedUpstream() throws IOException {
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    Thread.ofVirtual().start(() -> serve(socket));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    static String delta(String text) {
        return """
            {"id":"up-1","object":"chat.completion.chunk","created":1700000000,"model":"m-2024",\
            "choices":[{"index":0,"delta":{"content":"%s"},"finish_reason":null}]}\
            """.formatted(text);
    }

    static String finish() {
        return """
            {"id":"up-1","object":"chat.completion.chunk","created":1700000000,"model":"m-2024",\
            "choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\
            """;
    }

    static String usage(long prompt, long completion) {
        return """
            {"id":"up-1","object":"chat.completion.chunk","created":1700000000,"model":"m-2024","choices":[],\
            "usage":{"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d}}\
            """.formatted(prompt, completion, prompt + completion);
    }

    static String frame(String data) {
        return "data: " + data + "\n\n";
    }

    static String whole(String content, String usage) {
        return """
            {"id":"up-9","object":"chat.completion","created":1700000000,"model":"m-2024",\
            "system_fingerprint":"fp_x","choices":[{"index":0,"message":{"role":"assistant","content":"%s"},\
            "finish_reason":"stop"}]%s}\
            """.formatted(content, usage);
    }

    String baseUrl() {
        return "http://localhost:" + server.getLocalPort() + "/v1";
    }

    void plays(Script next) {
        script = next;
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String requestLine = line(in);
            Map<String, String> headers = new TreeMap<>();
            for (String header = line(in); !header.isEmpty(); header = line(in)) {
                int colon = header.indexOf(':');
                headers.put(
                        header.substring(0, colon).toLowerCase(Locale.ROOT),
                        header.substring(colon + 1).strip());
            }
            byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
            received.add(new Received(
                    requestLine.substring(requestLine.indexOf(' ') + 1, requestLine.lastIndexOf(' ')),
                    headers,
                    WireJson.parse(body)));
            script.play(new Exchange(socket));
        } catch (Exception e) {
            // The gateway may hang up at any time; a script that cares catches that itself.
            LoggerFactory.getLogger(ScriptedUpstream.class).debug("hung up", e);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("closed");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** One call, from the provider's side. */
    static final class Exchange {
        private final Socket socket;
        private final OutputStream out;

        Exchange(Socket socket) throws IOException {
            this.socket = socket;
            this.out = socket.getOutputStream();
        }

        void json(int status, String body, String... headers) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\n");
            for (String header : headers) {
                head.append(header).append("\r\n");
            }
            head.append("Connection: close\r\nContent-Length: ")
                    .append(bytes.length)
                    .append("\r\n\r\n");
            out.write(head.toString().getBytes(StandardCharsets.UTF_8));
            out.write(bytes);
            out.flush();
        }

        Exchange begin() throws IOException {
            List<String> head = List.of(
                    "HTTP/1.1 200 OK",
                    "Content-Type: text/event-stream; charset=utf-8",
                    "Connection: close",
                    "Transfer-Encoding: chunked",
                    "",
                    "");
            out.write(String.join("\r\n", head).getBytes(StandardCharsets.UTF_8));
            out.flush();
            return this;
        }

        Exchange send(String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.write(bytes);
            out.write("\r\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            return this;
        }

        void end() throws IOException {
            out.write("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        void stream(String frames) throws IOException {
            begin().send(frames).end();
        }

        void drop() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        Exchange pause(long millis) throws InterruptedException {
            TimeUnit.MILLISECONDS.sleep(millis);
            return this;
        }
    }
}
