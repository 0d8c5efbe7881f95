package dev.purser.e2e;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** HTTP byte by byte: sends what no client library would send, and reads whatever comes back. */
final class RawHttp implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 15_000;

    private final Socket socket;
    private final InputStream in;

    /** An answer; {@code body} is empty where there is none. */
    record Reply(int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    RawHttp(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Sends these bytes and says that nothing more will come; empty when the server closes without a word. */
    static Optional<Reply> exchange(int port, byte[] request, boolean head) throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            connection.sendLeniently(request);
            return connection.read(head);
        }
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The next line without its end; fails at the end of the stream. */
    String line() throws IOException {
        String line = lineOrNull();
        if (line == null) {
            throw new EOFException("the connection ended");
        }
        return line;
    }

    Optional<Reply> read(boolean head) throws IOException {
        String statusLine;
        try {
            statusLine = lineOrNull();
        } catch (SocketException reset) {
            return Optional.empty();
        }
        if (statusLine == null) {
            return Optional.empty();
        }
        if (statusLine.startsWith("{")) {
            // The answer to what was taken for HTTP/0.9: a body and nothing else.
            String body = statusLine + new String(in.readAllBytes(), StandardCharsets.UTF_8);
            int told = Json.read(body).path("status").intValue(400);
            return Optional.of(new Reply(told, Map.of("content-type", "application/json"), body));
        }
        if (!statusLine.startsWith("HTTP/1.")) {
            throw new IOException("not an HTTP answer: " + statusLine);
        }
        int status = Integer.parseInt(statusLine.split(" ", 3)[1]);
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        if (status == 100) {
            return read(head);
        }
        boolean bodiless = head || status == 204 || status == 304;
        byte[] body = bodiless ? new byte[0] : body(headers);
        return Optional.of(new Reply(status, headers, new String(body, StandardCharsets.UTF_8)));
    }

    /** Closes at once, whatever is still to come. */
    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** A server that refuses a request early stops reading: that is its answer's business, not a failure. */
    private void sendLeniently(byte[] bytes) throws IOException {
        try {
            send(bytes);
            socket.shutdownOutput();
        } catch (SocketException stoppedReading) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
        }
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        String length = headers.get("content-length");
        if (length != null) {
            return in.readNBytes(Integer.parseInt(length));
        }
        if (!"chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return in.readAllBytes();
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.write(in.readNBytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().strip(), 16);
    }

    private @Nullable String lineOrNull() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    return line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8);
                }
                if (next != '\r') {
                    line.write(next);
                }
            }
        } catch (SocketTimeoutException e) {
            throw new IOException("no answer within " + TIMEOUT_MILLIS + " ms", e);
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
