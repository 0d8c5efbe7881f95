package dev.purser.eventstore.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Shortens stored JSON by a fixed list of texts that are frequent in it, names of fields above all: each is stored as one
 * byte, as HPACK does with headers. Two thirds of a typical event are such texts.
 *
 * <p>A shortened payload is the byte 1, then for each entry of the list that follows its code (0x80 plus its index), 0xF8 and the byte
 * itself for a byte above 0x7F, any other byte as it is. A payload that begins with anything else is stored as it is. The
 * list is part of the stored contract: an entry is never changed, moved or removed. Immutable and thread-safe.
 */
public final class PayloadDictionary {

    /** The most entries. */
    public static final int MOST_ENTRIES = 120;

    private static final byte SHORTENED = 1;
    private static final int FIRST_CODE = 0x80;
    private static final int LITERAL = 0xF8;
    private static final int LOWEST = ' ';
    private static final int WIDTH = 0x7F - LOWEST;

    private final byte[][] entries;
    // A tree of the entries' bytes: the node that follows a node by a byte, 0 if there is none; and where an entry
    // ends, its code.
    private final short[] next;
    private final short[] codeAt;

    private PayloadDictionary(List<String> texts) {
        int characters = texts.stream().mapToInt(String::length).sum();
        entries = new byte[texts.size()][];
        next = new short[(characters + 1) * WIDTH];
        codeAt = new short[characters + 1];
        short nodes = 1;
        for (int index = 0; index < texts.size(); index++) {
            entries[index] = texts.get(index).getBytes(StandardCharsets.US_ASCII);
            int node = 0;
            for (byte letter : entries[index]) {
                int way = node * WIDTH + letter - LOWEST;
                if (next[way] == 0) {
                    next[way] = nodes++;
                }
                node = next[way];
            }
            codeAt[node] = (short) (FIRST_CODE + index);
        }
    }

    /** A dictionary of up to 120 different texts of 2 or more visible ASCII characters, in the order of their codes. */
    public static PayloadDictionary of(List<String> texts) {
        if (texts.size() > MOST_ENTRIES || texts.stream().distinct().count() != texts.size()) {
            throw new IllegalArgumentException("a dictionary has at most 120 entries, no two alike");
        }
        for (String text : texts) {
            if (text.length() < 2 || !text.chars().allMatch(letter -> letter >= LOWEST && letter < 0x7F)) {
                throw new IllegalArgumentException("not an entry of a dictionary: '" + text + "'");
            }
        }
        return new PayloadDictionary(texts);
    }

    /** The empty dictionary: payloads are stored as they are. */
    public static PayloadDictionary none() {
        return of(List.of());
    }

    /** What is stored for a JSON text. */
    byte[] shorten(byte[] json) {
        if (entries.length == 0) {
            return json;
        }
        byte[] shortened = new byte[json.length + 1];
        shortened[0] = SHORTENED;
        int length = 1;
        int at = 0;
        while (at < json.length) {
            if (shortened.length - length < 2) {
                shortened = Arrays.copyOf(shortened, shortened.length + json.length - at + 2);
            }
            int node = 0;
            int code = 0;
            int end = at;
            for (int i = at; i < json.length && json[i] >= LOWEST && json[i] < 0x7F; i++) {
                node = next[node * WIDTH + json[i] - LOWEST];
                if (node == 0) {
                    break;
                }
                if (codeAt[node] != 0) {
                    code = codeAt[node];
                    end = i + 1;
                }
            }
            if (code != 0) {
                shortened[length++] = (byte) code;
                at = end;
            } else {
                if (json[at] < 0) {
                    shortened[length++] = (byte) LITERAL;
                }
                shortened[length++] = json[at++];
            }
        }
        return Arrays.copyOf(shortened, length);
    }

    /** The JSON text of what is stored. */
    byte[] expand(byte[] stored) {
        if (stored.length == 0 || stored[0] >= LOWEST) {
            return stored;
        }
        if (stored[0] != SHORTENED) {
            throw new UnknownEventType("a payload of form " + stored[0] + " is not known to this version");
        }
        byte[] json = new byte[expandedLength(stored)];
        int length = 0;
        for (int at = 1; at < stored.length; at++) {
            int value = stored[at] & 0xFF;
            if (value < FIRST_CODE) {
                json[length++] = stored[at];
            } else if (value == LITERAL) {
                json[length++] = stored[++at];
            } else {
                byte[] entry = entries[value - FIRST_CODE];
                System.arraycopy(entry, 0, json, length, entry.length);
                length += entry.length;
            }
        }
        return json;
    }

    private int expandedLength(byte[] stored) {
        int length = 0;
        for (int at = 1; at < stored.length; at++) {
            int value = stored[at] & 0xFF;
            if (value < FIRST_CODE) {
                length++;
            } else if (value == LITERAL && at + 1 < stored.length) {
                length++;
                at++;
            } else if (value - FIRST_CODE < entries.length) {
                length += entries[value - FIRST_CODE].length;
            } else {
                throw new UnknownEventType("a payload has code " + value + ", which is not known to this version");
            }
        }
        return length;
    }
}
