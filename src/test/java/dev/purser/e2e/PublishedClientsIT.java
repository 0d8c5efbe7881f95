package dev.purser.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The client packages as they are on npm, unmodified, against the running product; see src/test/node. */
class PublishedClientsIT {
    private static final Path DIRECTORY =
            Path.of(System.getProperty("basedir", ".")).resolve("test/node");
    private static final int TESTS = 29;

    private final Product product = Product.shared();

    @Test
    void thePublishedPackagesWorkUnmodified() throws Exception {
        run(Map.of(), List.of("npm", "ci", "--no-audit", "--no-fund"));

        Tenant tenant = Tenant.of(product, Json.object("markupPercent", 25));
        String output = run(
                Map.of(
                        "E2E_API_URL", product.api().base().toString(),
                        "E2E_GATEWAY_URL", product.gateway().base().toString(),
                        "E2E_SANDBOX_URL", product.sandbox().base().toString(),
                        "E2E_SANDBOX_KEY", Sandbox.live(product).secretKey(),
                        "E2E_LIVE_KEY", tenant.liveKey(),
                        "E2E_TEST_KEY", tenant.testKey(),
                        "E2E_PRICED_MODEL", Upstream.STEADY.name(),
                        "E2E_INPUT_NANOS_PER_TOKEN", nanosPerToken(Upstream.STEADY.input()),
                        "E2E_OUTPUT_NANOS_PER_TOKEN", nanosPerToken(Upstream.STEADY.output())),
                List.of("node", "--test", "--test-concurrency=1", "--test-reporter=spec"));

        assertThat(count("tests", output)).isEqualTo(TESTS);
        assertThat(count("pass", output)).isEqualTo(TESTS);
        assertThat(count("fail", output)).isZero();
        assertThat(count("skipped", output)).isZero();
        assertThat(count("cancelled", output)).isZero();
    }

    private static String nanosPerToken(BigDecimal dollarsPerMillion) {
        return dollarsPerMillion.movePointRight(3).toBigIntegerExact().toString();
    }

    private static int count(String what, String output) {
        Matcher matcher = Pattern.compile("(?m)^\\W*" + what + " (\\d+)\\s*$").matcher(output);
        assertThat(matcher.find()).as("the count of %s in the output", what).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    private static String run(Map<String, String> settings, List<String> command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command))
                .directory(DIRECTORY.toFile())
                .redirectErrorStream(true);
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
        System.out.println(output);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("%s%n%s", command, output).isZero();
        return output;
    }
}
