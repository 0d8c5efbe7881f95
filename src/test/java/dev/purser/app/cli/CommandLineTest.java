package dev.purser.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CommandLine commandLine =
            new CommandLine(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), Object.class);

    @Test
    void withoutACommandTheServerIsMeant() {
        assertThat(commandLine.run()).isEmpty();
        assertThat(commandLine.run("--purser.api.port=1")).isEmpty();
    }

    @Test
    void tellsItsVersion() {
        assertThat(commandLine.run("version")).contains(CommandLine.SUCCESS);
        assertThat(out.toString(UTF_8)).matches("Purser \\d+\\.\\d+\\.\\d+.*\\R");
    }

    @Test
    void helpsWhenAsked() {
        assertThat(commandLine.run("--help")).contains(CommandLine.SUCCESS);
        assertThat(out.toString(UTF_8)).contains("Usage:", "bootstrap", "doctor", "version");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "projections dance",
                "projections retry",
                "projections rebuild wallet session",
                "projections switch wallet",
                "projections rebuild --on-difference=maybe"
            })
    void refusesWhatCannotBeDoneForProjections(String line) {
        assertThat(commandLine.run(line.split(" "))).contains(CommandLine.MISUSE);
        assertThat(err.toString(UTF_8)).contains("purser projections rebuild [NAME|all]");
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void refusesACommandThatIsNone() {
        assertThat(commandLine.run("docter")).contains(CommandLine.MISUSE);
        assertThat(err.toString(UTF_8)).contains("There is no command \"docter\".", "Usage:");
        assertThat(out.toString(UTF_8)).isEmpty();
    }
}
