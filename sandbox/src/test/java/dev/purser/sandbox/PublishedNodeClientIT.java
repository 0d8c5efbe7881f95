package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The official {@code stripe} package as it is on npm, unmodified; see src/test/node. */
class PublishedNodeClientIT {
    private static final Path MODULE = Path.of(System.getProperty("basedir", "."));
    private static final Path DIRECTORY = MODULE.resolve("target/node");
    private static final int TESTS = 8;

    @Test
    void thePublishedPackageWorksUnmodified() throws Exception {
        Files.createDirectories(DIRECTORY);
        for (String file : List.of("package.json", "package-lock.json", "stripe.test.js")) {
            Files.copy(
                    MODULE.resolve("src/test/node").resolve(file),
                    DIRECTORY.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        run(Map.of(), List.of("npm", "ci", "--no-audit", "--no-fund"));

        try (StripeSandbox sandbox = StripeSandbox.start(Fixture.settings())) {
            String output = run(
                    Map.of(
                            "SANDBOX_URL", sandbox.baseUrl().toString(),
                            "SANDBOX_SECRET_KEY", Fixture.TEST.secretKey(),
                            "SANDBOX_PUBLISHABLE_KEY", Fixture.TEST.publishableKey(),
                            "SANDBOX_WEBHOOK_SECRET", String.valueOf(Fixture.TEST.webhookSecret())),
                    List.of("node", "--test", "--test-reporter=spec"));

            assertThat(count("tests", output)).isEqualTo(TESTS);
            assertThat(count("pass", output)).isEqualTo(TESTS);
            assertThat(count("skipped", output)).isZero();
        }
    }

    private static int count(String what, String output) {
        Matcher matcher = Pattern.compile("(?m)^\\W*" + what + " (\\d+)\\s*$").matcher(output);
        assertThat(matcher.find()).as("the count of %s in the output", what).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    private static String run(Map<String, String> settings, List<String> command) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(DIRECTORY.toFile()).redirectErrorStream(true);
        builder.environment().put("NO_COLOR", "1");
        builder.environment().putAll(settings);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new AssertionError(command.getFirst() + " cannot be run; Node.js 20 or newer with npm is needed", e);
        }
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("%s%n%s", command, output).isZero();
        return output;
    }
}
