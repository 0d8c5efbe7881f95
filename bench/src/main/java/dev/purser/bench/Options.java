package dev.purser.bench;

import java.time.Duration;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What a run was asked for: which figures, and how thoroughly.
 *
 * @param quick a few minutes in all, with figures that scatter more
 * @param figures their numbers, in order
 */
record Options(boolean quick, NavigableSet<Integer> figures) {
    static final String USAGE = "bench/run engine [1-7 …] [--quick]";
    private static final int FIGURES = 7;

    /** Fails with the usage where an argument is not understood. */
    static Options parse(String... arguments) {
        boolean quick = false;
        NavigableSet<Integer> figures = new TreeSet<>();
        for (String argument : arguments) {
            if (argument.equals("--quick")) {
                quick = true;
            } else if (argument.matches("[1-" + FIGURES + "]")) {
                figures.add(Integer.valueOf(argument));
            } else {
                throw new IllegalArgumentException("\"" + argument + "\" is not understood. Usage: " + USAGE);
            }
        }
        if (figures.isEmpty()) {
            IntStream.rangeClosed(1, FIGURES).forEach(figures::add);
        }
        return new Options(quick, figures);
    }

    /** How long one load of the ledger is measured, after a warm-up of its own. */
    Duration load() {
        return Duration.ofSeconds(quick ? 4 : 15);
    }

    Duration warmUp() {
        return Duration.ofSeconds(quick ? 4 : 10);
    }

    /** How long a product that has just been started is called before it is measured: its compilers work for longer. */
    Duration warmUpOfAProcess() {
        return Duration.ofSeconds(quick ? 20 : 45);
    }

    /** How long the rival is measured with each number of clients. */
    Duration rival() {
        return Duration.ofSeconds(quick ? 2 : 8);
    }

    int usageEvents() {
        return quick ? 50_000 : 300_000;
    }

    int rebuiltEvents() {
        return quick ? 200_000 : 1_000_000;
    }

    int eventsOfTheLongWallet() {
        return quick ? 200_000 : 1_000_000;
    }

    /** How many starts make a median. */
    int starts() {
        return quick ? 3 : 7;
    }
}
