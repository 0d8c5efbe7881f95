package dev.purser.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What pgbench says at its end.
 *
 * @param transactionsPerSecond without the time to connect; 0 where so many clients got in each other's way that none
 *     came to its end
 */
record PgbenchOutput(double transactionsPerSecond) {
    private static final Pattern TRANSACTIONS = Pattern.compile("(?m)^tps = ([0-9.]+) \\(without initial");
    private static final Pattern PROCESSED =
            Pattern.compile("(?m)^number of transactions actually processed: ([0-9]+)");
    private static final Pattern FAILED = Pattern.compile("(?m)^number of failed transactions: ([0-9]+)");

    /** Fails where a figure is missing or a transaction failed. */
    static PgbenchOutput parse(String text) {
        Matcher failed = FAILED.matcher(text);
        if (failed.find() && !failed.group(1).equals("0")) {
            throw new IllegalArgumentException("pgbench: " + failed.group(1) + " transactions failed");
        }
        return new PgbenchOutput(number(PROCESSED, text) == 0 ? 0 : number(TRANSACTIONS, text));
    }

    private static double number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalArgumentException("pgbench did not say what was expected of it:\n" + text);
        }
        return Double.parseDouble(matcher.group(1));
    }
}
