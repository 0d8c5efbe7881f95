package dev.purser.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * HTTP/1.1 with keep-alive and as little work as possible, because whoever calls shares the processors with whoever
 * answers. For one thread.
 */
final class HttpConnection implements AutoCloseable {
    private static final byte[] LENGTH_HEADER = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_LIMIT_BYTES = 8_192;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private byte[] buffer = new byte[HEADER_LIMIT_BYTES];
    private int filled;

    HttpConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /** A POST of a JSON text, complete. */
    static byte[] post(String path, String token, String json) {
        return """
            POST %s HTTP/1.1\r
            Host: localhost\r
            Authorization: Bearer %s\r
            Content-Type: application/json\r
            Content-Length: %d\r
            \r
            %s\
            """.formatted(path, token, json.getBytes(StandardCharsets.UTF_8).length, json)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Sends a request and returns the body of its answer; fails unless that is a success. */
    String send(byte[] request) throws IOException {
        exchange(request);
        int end = endOfHeader();
        String body = new String(buffer, end, filled - end, StandardCharsets.UTF_8);
        requireSuccess(body);
        return body;
    }

    /** As {@link #send}, for whom a success is enough. */
    void sendAndForget(byte[] request) throws IOException {
        exchange(request);
        if (buffer[9] != '2') {
            requireSuccess(new String(buffer, 0, filled, StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void requireSuccess(String shown) throws IOException {
        if (buffer[9] != '2') {
            throw new IOException("the product answered " + shown);
        }
    }

    private void exchange(byte[] request) throws IOException {
        out.write(request);
        filled = 0;
        int end = -1;
        while (end < 0) {
            read(buffer.length - filled);
            end = endOfHeader();
        }
        int whole = end + contentLength(end);
        if (whole > buffer.length) {
            buffer = Arrays.copyOf(buffer, whole);
        }
        while (filled < whole) {
            read(whole - filled);
        }
    }

    private void read(int most) throws IOException {
        int count = in.read(buffer, filled, most);
        if (count <= 0) {
            throw new EOFException("the product closed the connection");
        }
        filled += count;
    }

    private int endOfHeader() {
        for (int at = 3; at < filled; at++) {
            if (buffer[at] == '\n' && buffer[at - 1] == '\r' && buffer[at - 2] == '\n' && buffer[at - 3] == '\r') {
                return at + 1;
            }
        }
        return -1;
    }

    private int contentLength(int end) throws IOException {
        for (int at = 0; at < end - LENGTH_HEADER.length; at++) {
            if (buffer[at] == '\n' && isLengthHeader(at + 1)) {
                int length = 0;
                for (int digit = at + 1 + LENGTH_HEADER.length; buffer[digit] != '\r'; digit++) {
                    length = buffer[digit] == ' ' ? length : length * 10 + buffer[digit] - '0';
                }
                return length;
            }
        }
        throw new IOException("an answer without a length: " + new String(buffer, 0, end, StandardCharsets.US_ASCII));
    }

    private boolean isLengthHeader(int from) {
        for (int index = 0; index < LENGTH_HEADER.length; index++) {
            int letter = buffer[from + index];
            if ((letter >= 'A' && letter <= 'Z' ? letter + 32 : letter) != LENGTH_HEADER[index]) {
                return false;
            }
        }
        return true;
    }
}
