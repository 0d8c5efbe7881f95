package dev.purser.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a run prints: explanations as it goes, and every result once where it was measured and once at the end. */
final class Report {
    private final PrintStream out;
    private final List<Result> results = new ArrayList<>();

    Report(PrintStream out) {
        this.out = out;
    }

    void heading(String text) {
        out.println();
        out.println("== " + text);
    }

    /** A line in {@link String#format}'s terms. */
    void line(String format, Object... values) {
        out.println("   " + String.format(Locale.ROOT, format, values));
    }

    void result(Result result) {
        results.add(result);
        out.println(result);
    }

    /** A figure with the goal that must be reached and the one beyond. */
    void result(Result result, double stretchGoal) {
        result(result);
        result(result.stretch(stretchGoal));
    }

    void summary() {
        heading("Results");
        results.forEach(out::println);
    }
}
