package dev.purser.app;

import dev.purser.app.cli.CommandLine;
import dev.purser.app.web.ServerSettings;
import java.util.Optional;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.servlet.autoconfigure.MultipartAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;

/** Where the process begins: no argument starts the server, a first argument names a command. */
@SpringBootApplication(
        proxyBeanMethods = false,
        exclude = {
            ErrorMvcAutoConfiguration.class, // errors are answered by the edge and by JsonErrorReportValve
            MultipartAutoConfiguration.class,
            TaskSchedulingAutoConfiguration.class
        })
public class PurserApplication {

    public static void main(String[] arguments) {
        // Read by Axon when its classes are loaded: this product does not phone home.
        System.setProperty("axoniq.update-checker.disabled", "true");
        Optional<Integer> exitCode = new CommandLine(System.out, System.err, PurserApplication.class).run(arguments);
        if (exitCode.isPresent()) {
            System.exit(exitCode.get());
        }
        server().listeners(new CleanExit()).run(arguments);
    }

    /** The server, not yet started; tests start it with settings of their own. */
    public static SpringApplicationBuilder server() {
        return new SpringApplicationBuilder(PurserApplication.class).initializers(new ServerSettings());
    }
}
