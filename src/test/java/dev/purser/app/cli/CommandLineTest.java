package dev.purser.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    void makesACatalogueOfAListOfPricesAndChecksIt(@TempDir Path directory) throws IOException {
        Path list = Files.writeString(directory.resolve("prices.json"), """
            {"gpt-9": {"litellm_provider": "openai", "mode": "chat", "max_input_tokens": 1000, "max_output_tokens": 100,
              "input_cost_per_token": 2.5e-06, "output_cost_per_token": 1e-05},
             "odd": {"litellm_provider": "openai", "mode": "chat"}}
            """);
        assertThat(commandLine.run("catalogue", "import", list.toString())).contains(CommandLine.SUCCESS);
        assertThat(err.toString(UTF_8)).contains("left out openai/odd: ", "1 models taken over, 1 entries left out");
        Path catalogue = Files.writeString(directory.resolve("catalogue.json"), out.toString(UTF_8));
        out.reset();
        assertThat(commandLine.run("catalogue", "check", catalogue.toString())).contains(CommandLine.SUCCESS);
        assertThat(out.toString(UTF_8)).contains("good");
    }

    @Test
    void refusesACatalogueThatTheServerWouldNotTake(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("catalogue.json"), "{\"models\": [\n{\"id\": \"m\", \"provider\": \"nobody\"}]}");
        assertThat(commandLine.run("catalogue", "check", file.toString())).contains(CommandLine.FAILURE);
        assertThat(err.toString(UTF_8)).contains("line 2: model m: its provider is not known");
        assertThat(commandLine.run(
                        "catalogue", "import", directory.resolve("none").toString()))
                .contains(CommandLine.FAILURE);
        assertThat(commandLine.run("catalogue", "import")).contains(CommandLine.MISUSE);
        assertThat(commandLine.run("catalogue", "dance", "x")).contains(CommandLine.MISUSE);
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void refusesACommandThatIsNone() {
        assertThat(commandLine.run("docter")).contains(CommandLine.MISUSE);
        assertThat(err.toString(UTF_8)).contains("There is no command \"docter\".", "Usage:");
        assertThat(out.toString(UTF_8)).isEmpty();
    }
}
