package dev.purser.app.node;

import dev.purser.edge.Problem;
import dev.purser.edge.request.Bodies;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body can be read again. Of one above the API's limit a byte more than the limit is kept, enough for
 * whoever answers it to see that it is too large.
 */
final class RepeatableRequest extends HttpServletRequestWrapper {
    static final int MAX_BODY_BYTES = Bodies.API_LIMIT_BYTES + 1;

    private byte @Nullable [] body;

    RepeatableRequest(HttpServletRequest request) {
        super(request);
    }

    /** The body, read now unless it was before. */
    byte[] body() {
        byte[] read = body;
        if (read == null) {
            try {
                read = getRequest().getInputStream().readNBytes(MAX_BODY_BYTES);
            } catch (IOException e) {
                throw new Problem(400, "invalid_request", "The body could not be read to its end");
            }
            body = read;
        }
        return read;
    }

    @Override
    public ServletInputStream getInputStream() {
        return new Bytes(body());
    }

    private static final class Bytes extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        Bytes(byte[] bytes) {
            this.bytes = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return bytes.read(target, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("the body is read by blocking");
        }
    }
}
