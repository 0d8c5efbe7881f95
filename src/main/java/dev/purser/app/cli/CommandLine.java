package dev.purser.app.cli;

import dev.purser.app.web.Version;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** The commands besides the server. Each prints for people and answers with an exit code: 0 is success. */
public final class CommandLine {
    static final int SUCCESS = 0;
    static final int FAILURE = 1;
    static final int MISUSE = 2;

    private final PrintStream out;
    private final PrintStream err;
    private final BootstrapCommand bootstrap;
    private final DoctorCommand doctor;
    private final ProjectionsCommand projections;
    private final CatalogueCommand catalogue;

    public CommandLine(PrintStream out, PrintStream err, Class<?> application) {
        this.out = out;
        this.err = err;
        this.bootstrap = new BootstrapCommand(out, err, application);
        this.doctor = new DoctorCommand(out);
        this.projections = new ProjectionsCommand(out, err);
        this.catalogue = new CatalogueCommand(out, err);
    }

    /** The exit code, or empty when the arguments ask for the server: none, or only settings like {@code --a=b}. */
    public Optional<Integer> run(String... arguments) {
        Optional<String> word = Arrays.stream(arguments)
                .filter(argument ->
                        !argument.startsWith("--") || argument.equals("--help") || argument.equals("--version"))
                .findFirst();
        return word.map(command -> switch (command) {
            case "bootstrap" -> bootstrap.run(arguments);
            case "doctor" -> doctor.run(arguments);
            case "projections" -> projections.run(arguments);
            case "catalogue" -> catalogue.run(arguments);
            case "version", "--version" -> version();
            case "help", "--help", "-h" -> help(out, SUCCESS);
            default -> unknown(command);
        });
    }

    /** A command's output is for its reader: only what is wrong is logged between. */
    static String[] quietly(String... arguments) {
        return Stream.concat(Arrays.stream(arguments), Stream.of("--logging.level.dev.purser=warn"))
                .toArray(String[]::new);
    }

    private int version() {
        Version version = Version.ofThisBuild();
        out.println(version.name() + " " + version.version());
        return SUCCESS;
    }

    private int unknown(String command) {
        err.println("There is no command \"" + command + "\".");
        return help(err, MISUSE);
    }

    private static int help(PrintStream target, int exitCode) {
        target.print("""
            Usage: purser [command] [--setting=value ...]

              (no command)       starts the server
              bootstrap          makes the first operator key of a new installation and prints it once
              bootstrap --demo   also makes a demo organization and project with keys
              doctor             checks Java, ports, secrets, the data directory and the database; exit 1 on a failure
              projections        shows how far the read models are; projections rebuild, projections retry NAME, ...
              catalogue          makes a catalogue of models of a public list of prices, or checks one
              version            prints the version
              help               prints this

            Settings come from the environment (PURSER_API_PORT, PURSER_DATA_DIR, SPRING_DATASOURCE_URL, ...);
            docs/operations.md lists them.
            """);
        return exitCode;
    }
}
