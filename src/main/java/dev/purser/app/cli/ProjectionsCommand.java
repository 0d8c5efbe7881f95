package dev.purser.app.cli;

import dev.purser.app.care.CareSettings;
import dev.purser.app.care.ReachedProjections;
import dev.purser.projection.engine.DeadLetter;
import dev.purser.projection.engine.OnDifference;
import dev.purser.projection.engine.Projections;
import dev.purser.projection.engine.RebuildRefused;
import dev.purser.projection.engine.RebuildState;
import dev.purser.projection.engine.Rebuilds;
import dev.purser.projection.engine.RetryOutcome;
import dev.purser.projection.engine.TableComparison;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** {@code projections}: shows, rebuilds and retries read models, beside a running server or without one. */
final class ProjectionsCommand {
    private static final String ON_DIFFERENCE = "--on-difference=";
    private static final String ALL = "all";
    private static final int SHOWN_DEAD_LETTERS = 20;
    private static final long PROGRESS_MILLIS = 1_000;

    private final PrintStream out;
    private final PrintStream err;

    ProjectionsCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    private interface Work {
        int with(ReachedProjections reached);
    }

    int run(String... arguments) {
        List<String> words = Stream.of(arguments)
                .filter(argument -> !argument.startsWith("--"))
                .skip(1)
                .toList();
        Optional<Work> work = work(words, arguments);
        if (work.isEmpty()) {
            return misuse();
        }
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(CareSettings.class)
                .web(WebApplicationType.NONE)
                .run(CommandLine.quietly(arguments))) {
            return work.get().with(context.getBean(ReachedProjections.class));
        }
    }

    private Optional<Work> work(List<String> words, String... arguments) {
        String verb = words.isEmpty() ? "" : words.getFirst();
        Optional<OnDifference> onDifference = onDifference(arguments);
        if (onDifference.isEmpty() || words.size() > 2) {
            return Optional.empty();
        }
        String name = words.size() == 2 ? words.get(1) : ALL;
        boolean alone = words.size() <= 1;
        return Optional.ofNullable(
                switch (verb) {
                    case "" -> this::list;
                    case "rebuild" -> reached -> rebuild(reached.rebuilds(), name, onDifference.get());
                    case "retry" -> alone ? null : reached -> retry(reached.projections(), name);
                    case "switch" ->
                        alone ? reached -> end(() -> reached.rebuilds().switchToKept()) : null;
                    case "discard" ->
                        alone ? reached -> end(() -> reached.rebuilds().discardKept()) : null;
                    default -> null;
                });
    }

    private static Optional<OnDifference> onDifference(String... arguments) {
        Optional<String> given = Arrays.stream(arguments)
                .filter(argument -> argument.startsWith(ON_DIFFERENCE))
                .map(argument -> argument.substring(ON_DIFFERENCE.length()))
                .findFirst();
        return given.isEmpty()
                ? Optional.of(OnDifference.KEEP)
                : Stream.of(OnDifference.values())
                        .filter(value -> value.word().equals(given.get()))
                        .findFirst();
    }

    private int misuse() {
        err.print("""
            Usage: purser projections                                       positions, lag and dead letters
                   purser projections rebuild [NAME|all] [--on-difference=keep|switch]
                   purser projections switch                                to rebuilt tables that were kept
                   purser projections discard                               rebuilt tables that were kept
                   purser projections retry NAME                            its dead letters, in order
            """);
        return CommandLine.MISUSE;
    }

    private int list(ReachedProjections reached) {
        Projections projections = reached.projections();
        projections.look();
        long head = projections.head();
        Map<String, Long> parked = projections.deadLetterCounts();
        out.printf("%-16s %14s %12s %12s%n", "PROJECTION", "POSITION", "LAG", "DEAD LETTERS");
        projections
                .positions()
                .forEach((name, position) -> out.printf(
                        "%-16s %14d %12d %12d%n",
                        name, position, Math.max(0, head - position), parked.getOrDefault(name, 0L)));
        projections.deadLetters().stream().limit(SHOWN_DEAD_LETTERS).forEach(letter -> out.println(ofLetter(letter)));
        reached.rebuilds().state().ifPresent(state -> out.println("last rebuild: " + outcome(state)));
        return CommandLine.SUCCESS;
    }

    private static String ofLetter(DeadLetter letter) {
        return "dead letter %s at %d of %s, %d attempts: %s"
                .formatted(letter.projection(), letter.position(), letter.stream(), letter.attempts(), letter.error());
    }

    private int rebuild(Rebuilds rebuilds, String name, OnDifference onDifference) {
        List<String> names = name.equals(ALL) ? rebuilds.names() : List.of(name);
        if (!rebuilds.names().containsAll(names)) {
            return unknown(name, rebuilds.names());
        }
        try {
            rebuilds.start(names, onDifference);
        } catch (RebuildRefused e) {
            err.println(e.getMessage() + ".");
            return CommandLine.FAILURE;
        }
        return end(() -> follow(rebuilds));
    }

    private RebuildState follow(Rebuilds rebuilds) {
        while (true) {
            RebuildState state = rebuilds.state().orElseThrow();
            if (!state.isUnderWay()) {
                return state;
            }
            Long eta = state.etaSeconds();
            out.printf(
                    "%s: %d of %d events, %d events/s%s%n",
                    state.phase().word(),
                    state.eventsDone(),
                    state.eventsTotal(),
                    state.eventsPerSecond(),
                    eta == null ? "" : ", " + eta + " s left");
            try {
                Thread.sleep(PROGRESS_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return state;
            }
        }
    }

    private int end(Supplier<RebuildState> work) {
        try {
            RebuildState state = work.get();
            state.comparisons().forEach(table -> out.println(ofTable(table)));
            out.println(outcome(state));
            return switch (state.phase()) {
                case SWITCHED, DISCARDED -> CommandLine.SUCCESS;
                default -> CommandLine.FAILURE;
            };
        } catch (RebuildRefused e) {
            err.println(e.getMessage() + ".");
            return CommandLine.FAILURE;
        }
    }

    private static String ofTable(TableComparison table) {
        return table.isEqual()
                ? "%s: %d rows, equal".formatted(table.table(), table.liveRows())
                : "%s: %d live rows, %d rebuilt; only live %d, only rebuilt %d, differing %d, for instance %s"
                        .formatted(
                                table.table(),
                                table.liveRows(),
                                table.nextRows(),
                                table.onlyLive(),
                                table.onlyNext(),
                                table.differing(),
                                table.sample());
    }

    private static String outcome(RebuildState state) {
        String error = state.error();
        return String.join(", ", state.projections()) + " " + state.phase().word() + " since " + state.startedAt()
                + (error == null ? "" : ": " + error);
    }

    private int retry(Projections projections, String name) {
        if (!projections.names().contains(name)) {
            return unknown(name, projections.names());
        }
        RetryOutcome outcome = projections.retry(name);
        out.printf("%s: %d applied, %d left%n", name, outcome.applied(), outcome.left());
        return outcome.left() == 0 ? CommandLine.SUCCESS : CommandLine.FAILURE;
    }

    private int unknown(String name, List<String> known) {
        err.println("There is no projection \"" + name + "\"; there are " + String.join(", ", known) + ".");
        return CommandLine.MISUSE;
    }
}
