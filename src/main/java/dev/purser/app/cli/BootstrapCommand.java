package dev.purser.app.cli;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.SequencedMap;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** {@code bootstrap}: starts the ledger without any port, makes what is missing and prints the new keys, once. */
final class BootstrapCommand {
    static final String DEMO = "--demo";

    private final PrintStream out;
    private final PrintStream err;
    private final Class<?> application;

    BootstrapCommand(PrintStream out, PrintStream err, Class<?> application) {
        this.out = out;
        this.err = err;
        this.application = application;
    }

    int run(String... arguments) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .run(CommandLine.quietly(arguments))) {
            Bootstrap bootstrap = context.getBean(Bootstrap.class);
            boolean made = print("operator", bootstrap.firstOperator());
            if (Arrays.asList(arguments).contains(DEMO)) {
                made |= print("demo organization", bootstrap.demo());
            }
            return made ? CommandLine.SUCCESS : CommandLine.FAILURE;
        }
    }

    private boolean print(String what, SequencedMap<String, String> values) {
        if (values.isEmpty()) {
            err.println("The " + what + " exists already; nothing was changed.");
            return false;
        }
        err.println("Made the " + what + ". These values are shown only now; keep them in a safe place:");
        values.forEach((name, value) -> out.println(name + "=" + value));
        return true;
    }
}
