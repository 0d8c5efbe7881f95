package dev.purser.app.database;

import dev.purser.app.storage.SecretFiles;
import dev.purser.app.storage.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one PostgreSQL server: made by initdb, started and stopped by pg_ctl. pg_ctl puts the server into a session
 * of its own, so that a Ctrl-C meant for Purser does not reach it before Purser has finished with it.
 */
final class PostgresCluster {
    static final String SUPERUSER = "postgres";
    static final String MAJOR_VERSION = "18";

    private static final Logger log = LoggerFactory.getLogger(PostgresCluster.class);
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration STOP_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration PROGRAM_TIMEOUT = Duration.ofMinutes(5);
    private static final long LOG_LIMIT_BYTES = 8L * 1024 * 1024;
    private static final int LOG_TAIL_LINES = 12;

    private final PostgresBinaries binaries;
    private final PostgresUser user;
    private final Path home;
    private final Path files;
    private final Path serverLog;

    PostgresCluster(PostgresBinaries binaries, PostgresUser user, Path home) {
        this.binaries = binaries;
        this.user = user;
        this.home = home;
        this.files = home.resolve("cluster");
        this.serverLog = home.resolve("server.log");
    }

    Path files() {
        return files;
    }

    /** Makes the cluster unless it is there. It appears under its name only when it is complete. */
    void initialize(String superuserPassword) throws IOException {
        if (Files.exists(files)) {
            refuseOtherVersions();
            user.moveInto(home);
            return;
        }
        Path fresh = home.resolve("cluster.new");
        if (Files.exists(fresh)) {
            Trees.delete(fresh);
        }
        SecretFiles.createPrivateDirectory(fresh);
        Path passwordFile = home.resolve("password.new");
        SecretFiles.write(passwordFile, superuserPassword + "\n");
        user.moveInto(home);
        run(
                "initdb",
                List.of(
                        "--pgdata=" + fresh,
                        "--username=" + SUPERUSER,
                        "--pwfile=" + passwordFile,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--locale=C",
                        "--data-checksums",
                        "--no-instructions"));
        Files.delete(passwordFile);
        Files.move(fresh, files, StandardCopyOption.ATOMIC_MOVE);
    }

    /** A server that outlived its killed Purser is stopped: its settings and its port are not to be trusted. */
    void stopOrphan() throws IOException {
        Optional<PostmasterFile> noted = PostmasterFile.read(files);
        if (noted.isEmpty()) {
            return;
        }
        if (noted.get().isServerRunning()) {
            log.warn(
                    "Stopping the PostgreSQL server {} that a killed Purser left behind",
                    noted.get().pid());
            stop();
        } else if (noted.get().isStale()) {
            Files.delete(PostmasterFile.in(files));
        }
    }

    void configure(int port) throws IOException {
        write(files.resolve("postgresql.conf"), PostgresConfiguration.settings(port));
        write(files.resolve("pg_hba.conf"), PostgresConfiguration.hostAccess());
    }

    void start() throws IOException {
        rotateLog();
        run(
                "pg_ctl",
                List.of(
                        "start",
                        "--pgdata=" + files,
                        "--log=" + serverLog,
                        "--wait",
                        "--timeout=" + START_TIMEOUT.toSeconds(),
                        "--silent"));
    }

    /** Ends the sessions that are left, writes a checkpoint and waits for the server to be gone. */
    void stop() throws IOException {
        if (PostmasterFile.read(files).isEmpty()) {
            return;
        }
        run(
                "pg_ctl",
                List.of(
                        "stop",
                        "--pgdata=" + files,
                        "--mode=fast",
                        "--wait",
                        "--timeout=" + STOP_TIMEOUT.toSeconds(),
                        "--silent"));
    }

    String logTail() {
        try {
            List<String> lines = Files.readAllLines(serverLog);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(no server log: " + e + ")";
        }
    }

    private void refuseOtherVersions() throws IOException {
        String version = Files.readString(files.resolve("PG_VERSION")).strip();
        if (!version.equals(MAJOR_VERSION)) {
            throw new StartRefused("The data in " + files + " was written by PostgreSQL " + version
                    + ", this Purser brings PostgreSQL " + MAJOR_VERSION
                    + ". See docs/operations.md, section \"Upgrading\".");
        }
    }

    private void write(Path file, String content) throws IOException {
        SecretFiles.write(file, content);
        user.own(file);
    }

    private void rotateLog() throws IOException {
        if (Files.exists(serverLog) && Files.size(serverLog) > LOG_LIMIT_BYTES) {
            Files.move(serverLog, home.resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void run(String program, List<String> arguments) throws IOException {
        Path output = Files.createTempFile("purser-" + program, ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder(user.command(binaries.program(program), arguments))
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            cleanEnvironment(builder.environment());
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(PROGRAM_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(program + " did not end within " + PROGRAM_TIMEOUT);
            }
            if (process.exitValue() != 0) {
                throw new IOException(program + " " + arguments.getFirst() + " failed (" + process.exitValue() + "): "
                        + Files.readString(output).strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for " + program, e);
        } finally {
            Files.delete(output);
        }
    }

    /** Variables like PGDATA or PGPORT of the operator's shell would change what is run. */
    private static void cleanEnvironment(Map<String, String> environment) {
        for (String name : new ArrayList<>(environment.keySet())) {
            if (name.startsWith("PG") || name.startsWith("LC_") || name.startsWith("PURSER_")) {
                environment.remove(name);
            }
        }
        environment.put("LC_ALL", "C");
        environment.put("TZ", "UTC");
    }
}
