package dev.purser.query.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * The real hledger and bean-check: those on the PATH, else the Debian packages, unpacked below the user's cache directory without
 * touching the system. Where neither can be had, it says what to install.
 */
final class AccountingTools {
    private static final String INSTALL = "sudo apt-get update && sudo apt-get install -y hledger beancount";
    private static final Path DIRECTORY =
            Path.of(System.getProperty("user.home"), ".cache", "purser", "accounting-tools");
    private static final Path UNPACKED = DIRECTORY.resolve("root");
    private static final int TIMEOUT_MINUTES = 5;

    /** What a program said, all of it, and how it ended. */
    record Outcome(int exitCode, String output) {}

    private AccountingTools() {}

    static Outcome hledger(String... arguments) {
        return run(command("hledger"), arguments);
    }

    static Outcome beanCheck(String... arguments) {
        return run(command("bean-check"), arguments);
    }

    private static List<String> command(String program) {
        Optional<Path> onPath = Stream.of(System.getenv("PATH").split(":"))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
        if (onPath.isPresent()) {
            return List.of(onPath.get().toString());
        }
        Path unpacked = UNPACKED.resolve("usr/bin/" + program);
        if (!Files.isExecutable(unpacked)) {
            download();
        }
        if (!Files.isExecutable(unpacked)) {
            throw new AssertionError(program + " is needed and could not be obtained; type: " + INSTALL);
        }
        if (program.equals("hledger")) {
            return List.of(unpacked.toString());
        }
        // Debian's own Python, for which the package is built, whatever else is on the PATH.
        Path python = UNPACKED.resolve("usr/bin/python3");
        return List.of(
                "env",
                "PYTHONPATH=" + UNPACKED.resolve("usr/lib/python3/dist-packages"),
                Files.isExecutable(python) ? python.toString() : "/usr/bin/python3",
                unpacked.toString());
    }

    /** With lists and archives of its own, so that neither rights nor the system's state matter. */
    private static void download() {
        try {
            Path lists = DIRECTORY.resolve("lists");
            Path cache = DIRECTORY.resolve("cache");
            Path archives = cache.resolve("archives");
            Files.createDirectories(lists.resolve("partial"));
            Files.createDirectories(archives.resolve("partial"));
            List<String> apt = List.of(
                    "apt-get",
                    "-q",
                    "-o",
                    "Dir::State::Lists=" + lists,
                    "-o",
                    "Dir::Cache=" + cache,
                    "-o",
                    "Debug::NoLocking=1",
                    "-o",
                    "APT::Sandbox::User=" + System.getProperty("user.name"));
            mustRun(apt, "update");
            mustRun(apt, "install", "-y", "--download-only", "--no-install-recommends", "hledger", "beancount");
            Path unpacking = Files.createTempDirectory(DIRECTORY, "unpacking");
            try (Stream<Path> packages = Files.list(archives)) {
                for (Path each : packages.filter(file -> file.toString().endsWith(".deb"))
                        .toList()) {
                    mustRun(List.of("dpkg", "-x"), each.toString(), unpacking.toString());
                }
            }
            // Only what is whole is there at all.
            FileSystemUtils.deleteRecursively(UNPACKED);
            Files.move(unpacking, UNPACKED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void mustRun(List<String> command, String... arguments) {
        Outcome outcome = run(command, arguments);
        if (outcome.exitCode() != 0) {
            throw new AssertionError("hledger and bean-check are needed and could not be downloaded; type: " + INSTALL
                    + "\n" + command + " " + Arrays.toString(arguments) + "\n" + outcome.output());
        }
    }

    private static Outcome run(List<String> command, String... arguments) {
        List<String> whole = new ArrayList<>(command);
        whole.addAll(List.of(arguments));
        try {
            ProcessBuilder builder = new ProcessBuilder(whole).redirectErrorStream(true);
            builder.environment().put("LC_ALL", "C.UTF-8");
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(whole + " does not end");
            }
            return new Outcome(process.exitValue(), output);
        } catch (IOException e) {
            throw new AssertionError(whole.getFirst() + " cannot be run; type: " + INSTALL, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
