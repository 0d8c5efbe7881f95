package dev.purser.gateway.wire;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes server-sent events to a client, each on its way before the next one is asked for. */
public final class SseWriter {
    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);

    private final HttpServletResponse response;
    private final OutputStream out;

    /** The client no longer listens. */
    public static final class ClientGone extends Exception {
        private static final long serialVersionUID = 1L;

        ClientGone(IOException cause) {
            super("the client is gone", cause, false, false);
        }
    }

    public SseWriter(HttpServletResponse response) throws ClientGone {
        this.response = response;
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("text/event-stream");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        try {
            this.out = response.getOutputStream();
        } catch (IOException e) {
            throw new ClientGone(e);
        }
    }

    /** @param json in one line */
    public void write(byte[] json) throws ClientGone {
        try {
            out.write(DATA);
            out.write(json);
            out.write(END);
            response.flushBuffer();
        } catch (IOException e) {
            throw new ClientGone(e);
        }
    }
}
