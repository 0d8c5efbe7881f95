package dev.purser.edge.request;

import dev.purser.edge.Problem;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Reads bodies up to a limit, whether they announce their length or come in chunks. */
public final class Bodies {
    /** Enough for every route of the API. */
    public static final int API_LIMIT_BYTES = 1 << 20;

    /** Up to here a body gets a buffer of its own size; reading without one starts with a buffer as large as this. */
    private static final int SMALL_BYTES = 16 * 1024;

    private Bodies() {}

    /**
     * The whole body, empty where there is none. A body must be JSON in UTF-8, or not say what it is; what the headers
     * of
     * a request without a body say does not matter.
     */
    public static byte[] read(HttpServletRequest request, int limitBytes) {
        if (request.getContentLengthLong() > limitBytes) {
            throw tooLarge(limitBytes);
        }
        byte[] body;
        try {
            body = readWhole(request, limitBytes);
        } catch (IOException e) {
            throw new Problem(400, "invalid_request", "The body could not be read to its end");
        }
        if (body.length > limitBytes) {
            throw tooLarge(limitBytes);
        }
        if (body.length > 0) {
            requireJson(request.getContentType());
            requireNotCompressed(request.getHeader(HttpHeaders.CONTENT_ENCODING));
        }
        return body;
    }

    /** One byte beyond the limit, if there are so many, tells that it is passed. */
    private static byte[] readWhole(HttpServletRequest request, int limitBytes) throws IOException {
        ServletInputStream in = request.getInputStream();
        long announced = request.getContentLengthLong();
        if (announced < 0 || announced > SMALL_BYTES) {
            // Memory is taken as the body comes, not as a header promises.
            return in.readNBytes(limitBytes + 1);
        }
        byte[] body = new byte[(int) announced];
        int length = in.readNBytes(body, 0, body.length);
        return length == body.length ? body : Arrays.copyOf(body, length);
    }

    private static void requireJson(@Nullable String contentType) {
        if (contentType == null || contentType.isBlank()) {
            return;
        }
        try {
            MediaType type = MediaType.parseMediaType(contentType);
            boolean json = type.getType().equals("application")
                    && (type.getSubtype().equals("json") || type.getSubtype().endsWith("+json"));
            Charset charset = type.getCharset();
            boolean utf8 = charset == null
                    || charset.equals(StandardCharsets.UTF_8)
                    || charset.equals(StandardCharsets.US_ASCII);
            if (json && utf8) {
                return;
            }
        } catch (InvalidMediaTypeException e) {
            throw unsupported();
        }
        throw unsupported();
    }

    private static void requireNotCompressed(@Nullable String encoding) {
        if (encoding != null && !encoding.strip().toLowerCase(Locale.ROOT).equals("identity")) {
            throw new Problem(415, "unsupported_media_type", "A compressed body is not taken; send it plain");
        }
    }

    private static Problem unsupported() {
        return new Problem(415, "unsupported_media_type", "The body must be JSON in UTF-8: application/json");
    }

    private static Problem tooLarge(int limitBytes) {
        return new Problem(413, "request_too_large", "The body is larger than " + limitBytes + " bytes");
    }
}
