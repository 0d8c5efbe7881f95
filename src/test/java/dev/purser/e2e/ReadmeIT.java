package dev.purser.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The lines of the README's first example, as pasted, print what the README says they print. */
class ReadmeIT {
    private static final Path README =
            Path.of(System.getProperty("basedir", ".")).resolve("../README.md");
    private static final Pattern EXAMPLE =
            Pattern.compile("```sh\\n(?<commands>.*?)```\\n(?:```(?:json)?\\n(?<output>.*?)```)?", Pattern.DOTALL);
    private static final String MARK = "-- end of a block --";

    private final Product product = Product.shared();

    /** Commands, and what they print where the README shows it. */
    private record Example(String commands, String output) {}

    @Test
    void theLinesFromMintToMeteredChatPrintWhatTheReadmeShows() throws Exception {
        List<Example> examples = examples();
        assertThat(examples).hasSizeGreaterThanOrEqualTo(5);
        String script = examples.stream()
                .map(example -> example.commands() + "\necho; echo '" + MARK + "'\n")
                .collect(Collectors.joining());
        List<String> printed = Arrays.asList(run(script).split(Pattern.quote(MARK) + "\\n"));
        assertThat(printed).hasSize(examples.size());
        for (int index = 0; index < examples.size(); index++) {
            assertThat(printed.get(index).strip())
                    .as(examples.get(index).commands())
                    .matches(pattern(examples.get(index).output()));
        }
    }

    private static List<Example> examples() throws IOException {
        String readme = Files.readString(README);
        int start = readme.indexOf("## From nothing to a metered chat");
        assertThat(start).isPositive();
        String section = readme.substring(start, readme.indexOf("\n## ", start));
        return EXAMPLE.matcher(section).results().map(ReadmeIT::example).toList();
    }

    private static Example example(MatchResult found) {
        String output = found.group("output");
        return new Example(found.group("commands"), output == null ? "" : output);
    }

    /** An ellipsis stands for anything. */
    private static Pattern pattern(String output) {
        return Pattern.compile(
                Arrays.stream(output.strip().split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
                Pattern.DOTALL);
    }

    private String run(String script) throws Exception {
        Path directory = Files.createTempDirectory("purser-e2e-readme-");
        Files.createSymbolicLink(directory.resolve("data"), product.dataDirectory());
        String commands = script.replace("localhost:4002", "127.0.0.1:" + product.apiPort())
                .replace("localhost:4001", "127.0.0.1:" + product.gatewayPort())
                .replace("localhost:4003", "127.0.0.1:" + product.sandboxPort());
        List<String> command = new ArrayList<>(List.of("bash", "-e", "-c", commands));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        try (Stream<Path> files = Files.list(directory)) {
            files.forEach(file -> file.toFile().delete());
        }
        Files.delete(directory);
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
