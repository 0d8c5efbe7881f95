package dev.purser.eventstore;

import java.util.Optional;

/**
 * What became of one command, as one line of text, so that it outlives the process that sent it.
 *
 * @param number the balance that was answered, or that a refusal quoted
 */
record Outcome(Kind kind, String reference, String account, long number) {

    private static final String WHOLE = "end";

    enum Kind {
        ACKNOWLEDGED,
        REFUSED,
        FAILED,
        UNKNOWN,
        FOUND_DONE,
        SURPRISE
    }

    String line() {
        return String.join(" ", kind.name(), reference, account, String.valueOf(number), WHOLE);
    }

    /** The outcome of a line; empty if it is none, or only a part of one. */
    static Optional<Outcome> parse(String line) {
        String[] parts = line.split(" ", -1);
        return parts.length == 5 && parts[4].equals(WHOLE)
                ? Optional.of(new Outcome(Kind.valueOf(parts[0]), parts[1], parts[2], Long.parseLong(parts[3])))
                : Optional.empty();
    }
}
