package dev.purser.gateway.metering;

import java.util.ArrayList;
import java.util.List;

/**
 * The tokens of the built-in models: a word, at most 16 code points of it, together with the white space before it. White
 * space at the very end is a token of its own, empty text has none. So anyone can count along.
 */
public final class BuiltinTokens {
    private static final int MAX_CODE_POINTS = 16;

    private BuiltinTokens() {}

    public static long count(String text) {
        long count = 0;
        for (int position = 0; position < text.length(); position = end(text, position)) {
            count++;
        }
        return count;
    }

    /** The first tokens of a text, at most so many. */
    public static List<String> split(String text, long limit) {
        List<String> tokens = new ArrayList<>();
        int position = 0;
        while (position < text.length() && tokens.size() < limit) {
            int end = end(text, position);
            tokens.add(text.substring(position, end));
            position = end;
        }
        return tokens;
    }

    private static int end(String text, int start) {
        int position = start;
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
        for (int taken = 0; taken < MAX_CODE_POINTS && position < text.length(); taken++) {
            int codePoint = text.codePointAt(position);
            if (Character.isWhitespace(codePoint)) {
                break;
            }
            position += Character.charCount(codePoint);
        }
        return position;
    }
}
