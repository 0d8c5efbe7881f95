package dev.purser.gateway.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes server-sent events apart as the bytes arrive, wherever they are cut. Lines end with LF, CRLF or CR; several data
 * lines make one frame; comments and other fields are passed over. Not thread-safe.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">the format</a>
 */
public final class SseParser {
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private final int maxFrameBytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private @Nullable StringBuilder data;
    private int frameBytes;
    private boolean afterCarriageReturn;
    private boolean firstLine = true;

    public SseParser(int maxFrameBytes) {
        this.maxFrameBytes = maxFrameBytes;
    }

    /** A frame is larger than allowed. */
    public static final class FrameTooLarge extends Exception {
        private static final long serialVersionUID = 1L;

        FrameTooLarge(int limit) {
            super("a frame of more than " + limit + " bytes", null, false, false);
        }
    }

    public void feed(ByteBuffer bytes, Consumer<String> frames) throws FrameTooLarge {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            boolean secondHalf = next == '\n' && afterCarriageReturn;
            afterCarriageReturn = next == '\r';
            if (secondHalf) {
                continue;
            }
            if (next == '\n' || next == '\r') {
                endLine(frames);
            } else {
                if (++frameBytes > maxFrameBytes) {
                    throw new FrameTooLarge(maxFrameBytes);
                }
                line.write(next);
            }
        }
    }

    /** The bytes are over; a last frame without its empty line counts too, as some providers end so. */
    public void end(Consumer<String> frames) {
        if (line.size() > 0) {
            endLine(frames);
        }
        endFrame(frames);
    }

    private void endLine(Consumer<String> frames) {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (firstLine && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
            text = text.substring(1);
        }
        firstLine = false;
        if (text.isEmpty()) {
            endFrame(frames);
        } else if (text.startsWith("data:") || text.equals("data")) {
            int start = text.startsWith("data: ") ? 6 : Math.min(5, text.length());
            data = data == null ? new StringBuilder() : data.append('\n');
            data.append(text, start, text.length());
        }
    }

    private void endFrame(Consumer<String> frames) {
        frameBytes = 0;
        if (data != null) {
            String frame = data.toString();
            data = null;
            if (!frame.isBlank()) {
                frames.accept(frame);
            }
        }
    }
}
