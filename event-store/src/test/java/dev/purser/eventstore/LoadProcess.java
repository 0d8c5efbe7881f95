package dev.purser.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A load in a process of its own, which tells line by line what callers were answered, and can be killed at any moment. */
final class LoadProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Thread reader;
    private final AtomicInteger told = new AtomicInteger();

    private LoadProcess(Process process, Consumer<Outcome> outcomes) {
        this.process = process;
        this.reader = Thread.startVirtualThread(() -> read(outcomes));
    }

    static LoadProcess start(TestDatabase database, long seed, String prefix, Consumer<Outcome> outcomes)
            throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        database.url(),
                        String.valueOf(seed),
                        prefix)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new LoadProcess(process, outcomes);
    }

    private void read(Consumer<Outcome> outcomes) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Outcome.parse(line).ifPresent(outcome -> {
                    outcomes.accept(outcome);
                    told.incrementAndGet();
                });
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitOutcomes(int atLeast) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (told.get() < atLeast) {
            assertThat(process.isAlive()).as("the process lives").isTrue();
            assertThat(System.nanoTime()).as("it answers in time").isLessThan(deadline);
            Thread.sleep(10);
        }
    }

    /** As kill -9 does; afterwards everything that it told has been read. */
    void kill() throws InterruptedException {
        // Not by the process itself, which would close what is still to be read.
        process.toHandle().destroyForcibly();
        process.waitFor();
        reader.join();
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly();
    }

    /** What the process runs. */
    static final class Main {

        private Main() {}

        /** Ends when its standard input does: nothing is left behind by a test that ends early. */
        public static void main(String[] arguments) throws IOException {
            TestDatabase database = TestDatabase.at(arguments[0]);
            Ledger ledger = Ledger.start(database, builder -> builder);
            Load.start(
                    ledger.engine,
                    Long.parseLong(arguments[1]),
                    arguments[2],
                    outcome -> System.out.println(outcome.line()));
            while (System.in.read() >= 0) {
                // Nothing is ever said.
            }
            System.exit(0);
        }
    }
}
