package dev.purser.domain;

/** The shape that all identifiers share. */
final class Ids {
    private static final int MAX_LENGTH = 40;

    private Ids() {}

    static void require(String value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("an id has 1 to 40 characters, this one has " + value.length());
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean allowed = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            if (!allowed) {
                throw new IllegalArgumentException("an id consists of [0-9A-Za-z] only");
            }
        }
    }
}
