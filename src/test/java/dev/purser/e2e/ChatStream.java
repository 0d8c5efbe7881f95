package dev.purser.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** A streamed chat, read frame by frame over a socket of its own; closing it is hanging up. */
final class ChatStream implements AutoCloseable {
    private final RawHttp connection;
    private final List<JsonNode> frames = new ArrayList<>();
    private boolean done;

    private ChatStream(RawHttp connection) {
        this.connection = connection;
    }

    static ChatStream open(Minted minted, String model, String prompt) throws IOException {
        RawHttp connection = new RawHttp(minted.product().gatewayPort());
        String body = Json.write(Minted.streamBody(model, prompt));
        connection.send(
                "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                        + minted.token()
                        + "\r\nContent-Type: application/json\r\nContent-Length: "
                        + FuzzIT.utf8(body).length
                        + "\r\n\r\n"
                        + body);
        assertThat(connection.line()).startsWith("HTTP/1.1 200");
        String headers = "";
        for (String line = connection.line(); !line.isEmpty(); line = connection.line()) {
            headers += line.toLowerCase(Locale.ROOT) + "\n";
        }
        assertThat(headers).contains("content-type: text/event-stream");
        return new ChatStream(connection);
    }

    void readFrames(int count) throws IOException {
        while (frames.size() < count) {
            readLine();
        }
    }

    void readToTheEnd() throws IOException {
        try {
            while (!done) {
                readLine();
            }
        } catch (EOFException end) {
            assertThat(frames).isNotEmpty();
        }
    }

    /** Whether the last frame was [DONE]. */
    boolean done() {
        return done;
    }

    List<JsonNode> frames() {
        return List.copyOf(frames);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }

    /** Lines of the chunked transfer coding are between the frames' own and do not begin like them. */
    private void readLine() throws IOException {
        String line = connection.line();
        if (line.equals("data: [DONE]")) {
            done = true;
        } else if (line.startsWith("data: ")) {
            assertThat(done).as("a frame after [DONE]").isFalse();
            frames.add(Json.read(line.substring("data: ".length())));
        }
    }
}
