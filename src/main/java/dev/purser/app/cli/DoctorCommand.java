package dev.purser.app.cli;

import dev.purser.app.doctor.Doctor;
import dev.purser.app.doctor.Settings;
import java.io.PrintStream;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** {@code doctor}: a line for each check, exit code 1 when something keeps Purser from running. */
final class DoctorCommand {
    private final PrintStream out;

    DoctorCommand(PrintStream out) {
        this.out = out;
    }

    int run(String... arguments) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Settings.class)
                .web(WebApplicationType.NONE)
                .run(CommandLine.quietly(arguments))) {
            boolean healthy = context.getBean(Doctor.class).examine(out::println);
            out.println(healthy ? "Purser can run." : "Purser cannot run like this.");
            return healthy ? CommandLine.SUCCESS : CommandLine.FAILURE;
        }
    }
}
