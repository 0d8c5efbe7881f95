package dev.purser.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Figure 6: from the start of the process to the first healthy answer, on data that are there, the embedded PostgreSQL
 * included: in the packaged form, and by the command of the README once everything is built.
 */
final class StartFigure implements Figure {
    private static final List<String> README_COMMAND = List.of("./mvnw", "-q", "spring-boot:run");

    @Override
    public String title() {
        return "6. Start to healthy on warm data";
    }

    @Override
    public void measure(Run run) throws Exception {
        Path directory = run.installation().directory().resolve("start");
        Installation installation =
                Installation.make(directory, run.installation().launcher());
        double packaged = medianSeconds(run, installation, List.of(), "packaged");
        run.report().result(Result.atMost(5, "start_packaged", packaged, "s"), 3);
        double readme = medianSeconds(run, installation, README_COMMAND, "README command");
        run.report().result(Result.atMost(20, "start_readme_command", readme, "s"));
    }

    /** The first start is not counted: it reads files that later ones find in memory. */
    private static double medianSeconds(Run run, Installation installation, List<String> command, String what)
            throws IOException, InterruptedException {
        int starts = run.options().starts();
        double[] seconds = new double[starts];
        for (int start = -1; start < starts; start++) {
            ProcessBuilder builder = installation.process();
            if (!command.isEmpty()) {
                builder.command(command);
            }
            try (Product product =
                    Product.start(builder, installation.directory().resolve("start.log"))) {
                if (start >= 0) {
                    seconds[start] = product.startedIn().toMillis() / 1e3;
                }
            }
        }
        Arrays.sort(seconds);
        run.report().line("%s, seconds: %s", what, Arrays.toString(seconds));
        return seconds[starts / 2];
    }
}
