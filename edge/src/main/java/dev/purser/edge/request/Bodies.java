package dev.purser.edge.request;

import dev.purser.edge.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Reads bodies up to a limit, whether they announce their length or come in chunks. */
public final class Bodies {
    /** Enough for every route of the API. */
    public static final int API_LIMIT_BYTES = 1 << 20;

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
            body = request.getInputStream().readNBytes(limitBytes + 1);
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
