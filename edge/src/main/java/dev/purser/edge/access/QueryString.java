package dev.purser.edge.access;

import dev.purser.edge.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Refuses a query that the server could not decode, before anything asks the server for a parameter. */
final class QueryString {
    private static final int MAX_PARAMETERS = 100;

    private QueryString() {}

    static void requireDecodable(@Nullable String query) {
        if (query == null) {
            return;
        }
        if (query.chars().filter(c -> c == '&').count() >= MAX_PARAMETERS) {
            throw invalid("The query must have at most " + MAX_PARAMETERS + " parameters");
        }
        ByteBuffer decoded = ByteBuffer.allocate(query.length());
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (c == '%') {
                decoded.put(escaped(query, i));
                i += 2;
            } else if (c == '&') {
                requireText(decoded);
            } else if (c < 0x80) {
                decoded.put((byte) c);
            } else {
                throw invalid("The query must be ASCII; everything else is percent-encoded");
            }
        }
        requireText(decoded);
    }

    private static byte escaped(String query, int at) {
        if (at + 2 >= query.length()
                || !HexFormat.isHexDigit(query.charAt(at + 1))
                || !HexFormat.isHexDigit(query.charAt(at + 2))) {
            throw invalid("The query has a % that two hexadecimal digits do not follow");
        }
        return (byte) HexFormat.fromHexDigits(query, at + 1, at + 3);
    }

    private static void requireText(ByteBuffer decoded) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(decoded.flip());
        } catch (CharacterCodingException e) {
            throw invalid("The query is not UTF-8");
        }
        decoded.clear();
    }

    private static Problem invalid(String message) {
        return new Problem(400, "invalid_request", message);
    }
}
