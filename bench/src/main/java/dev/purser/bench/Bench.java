package dev.purser.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures the ledger engine: {@code bench/run engine [figures] [--quick]}. The launcher of the packaged product is named by
 * the system property {@code purser.launcher}, a directory to work in by {@code purser.work}; it is emptied first.
 */
public final class Bench {
    private static final List<Figure> FIGURES = List.of(
            new DebitsFigure(),
            new HttpFigure(),
            new LagFigure(),
            new RebuildFigure(),
            new SizeFigure(),
            new StartFigure(),
            new FirstCommandFigure());

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        Options options = Options.parse(arguments);
        Path work = Path.of(System.getProperty("purser.work")).toAbsolutePath();
        empty(work);
        Report report = new Report(System.out);
        report.heading("Machine");
        report.line("%s", Machine.description());
        report.line("fdatasync of 8 KiB: %.2f ms (median)", Machine.medianSyncMillis(work));
        Installation installation = Installation.make(
                work, Path.of(System.getProperty("purser.launcher")).toAbsolutePath());
        try (DatabaseServer server = DatabaseServer.start(installation)) {
            report.line("%s", server.description());
            Run run = new Run(options, report, installation, server);
            for (int number : options.figures()) {
                Figure figure = FIGURES.get(number - 1);
                report.heading(figure.title());
                figure.measure(run);
            }
        }
        report.summary();
        empty(work);
    }

    private static void empty(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> paths = Files.walk(directory)) {
                paths.sorted(Comparator.reverseOrder()).forEach(Bench::delete);
            }
        }
        Files.createDirectories(directory);
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
