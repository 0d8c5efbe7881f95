package dev.purser.eventstore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server that is a test's own, so that it can be stopped and its disk can be full. Durable as in production.
 *
 * <p>A full disk, in this order:
 *
 * <ol>
 *   <li>The data directory is on a file system of some megabytes in memory, mounted where only the server sees it, which
 *       needs no rights but those that a user has in a user namespace of its own. Writing fails with ENOSPC. The log is
 *       elsewhere, for without room for its log a server ends, which is another failure.
 *   <li>Where that is not allowed, as in some containers, the writer's session may make no file larger (RLIMIT_FSIZE),
 *       which PostgreSQL treats in the same way. Writing fails with EFBIG.
 * </ol>
 */
final class OwnServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    // As large as the server's own log files, which are not to be hit: the tables outgrow it after some thousand
    // events.
    private static final int LARGEST_FILE_BYTES = 1024 * 1024;
    private static final boolean IS_ROOT = "root".equals(System.getProperty("user.name"));

    private final Path directory;
    private final Path binaries;
    private final int port;
    private final int megabytes;
    private @Nullable Process server;

    private OwnServer(int megabytes) {
        this.megabytes = megabytes;
        try (TestDatabase any = TestDatabase.create();
                ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            binaries = Path.of(any.value("select setting from pg_config where name = 'BINDIR'"));
            port = free.getLocalPort();
            directory = Files.createTempDirectory("own-server");
            Files.createDirectory(disk());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server whose disk has room. */
    static OwnServer start() {
        OwnServer server = new OwnServer(0);
        server.run(server.initdb());
        server.startAgain();
        return server;
    }

    /** A server whose disk has so many megabytes, where that can be had; {@link #fillDisk()} works in either case. */
    static OwnServer startOnSmallDisk(int megabytes) {
        boolean canMount = isPossible("unshare", "-r", "-m", "mount", "-t", "tmpfs", "tmpfs", "/tmp");
        if (!canMount) {
            return start();
        }
        OwnServer server = new OwnServer(megabytes);
        server.startAgain();
        return server;
    }

    boolean hasSmallDisk() {
        return megabytes > 0;
    }

    int port() {
        return port;
    }

    private Path disk() {
        return directory.resolve("disk");
    }

    private List<String> initdb() {
        return asUser(
                "'%s/initdb' -D '%s/data' -X '%s/wal' -U postgres -A trust -E UTF8 --no-sync --wal-segsize=1 > /dev/null"
                        .formatted(binaries, disk(), directory));
    }

    private List<String> postgres() {
        return asUser("exec " + postgresCommand());
    }

    private String postgresCommand() {
        return ("'%s/postgres' -D '%s/data' -p %d -h localhost -k '' -c fsync=on -c synchronous_commit=on"
                        + " -c full_page_writes=on -c max_connections=50 -c autovacuum=off")
                .formatted(binaries, disk(), port);
    }

    /** PostgreSQL does not run as root, but as root in a namespace where root is nobody. */
    private static List<String> asUser(String command) {
        return IS_ROOT ? List.of("unshare", "-U", "sh", "-c", command) : List.of("sh", "-c", command);
    }

    private List<String> mountAndPostgres() {
        String inner = String.join(" ", initdb().getLast(), "&& exec", postgresCommand());
        return List.of(
                "unshare",
                "-r",
                "-m",
                "sh",
                "-c",
                "mount -t tmpfs -o size=%dm tmpfs '%s' && exec unshare -U sh -c \"%s\""
                        .formatted(megabytes, disk(), inner));
    }

    private static boolean isPossible(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void run(List<String> command) {
        try {
            Process process = launch(command);
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("failed: " + command + ", see " + output());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Process launch(List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path output() {
        return directory.resolve("output.log");
    }

    /** Starts the stopped server, and waits until it can be used. */
    void startAgain() {
        Process started = launch(hasSmallDisk() ? mountAndPostgres() : postgres());
        server = started;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isUp()) {
            if (!started.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("the server did not start, see " + output());
            }
            sleepMillis(50);
        }
    }

    private boolean isUp() {
        try (Connection connection = superuser()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private Connection superuser() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + port + "/postgres?sslmode=disable", "postgres", "");
    }

    /** Lets the server die as in a power cut: what is not on its disk is lost. */
    void kill() {
        Process running = server;
        if (running != null) {
            running.destroyForcibly();
            join(running);
            server = null;
        }
    }

    private static void join(Process process) {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets nothing more be written to the tables' files; returns what the system calls that. */
    String fillDisk() {
        if (hasSmallDisk()) {
            // It ends with an error when the disk is full.
            shell("cat /dev/zero > " + disk() + "/ballast || true");
            return "No space left on device";
        }
        for (long pid : writers()) {
            run(List.of("prlimit", "--pid", String.valueOf(pid), "--fsize=" + LARGEST_FILE_BYTES + ":"));
        }
        return "File too large";
    }

    /** Makes room again. */
    void clearDisk() {
        if (hasSmallDisk()) {
            shell("rm " + disk() + "/ballast");
            return;
        }
        for (long pid : writers()) {
            run(List.of("prlimit", "--pid", String.valueOf(pid), "--fsize=unlimited:"));
        }
    }

    private List<Long> writers() {
        List<Long> pids = new ArrayList<>();
        try (Connection connection = superuser();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select pid from pg_stat_activity where application_name = 'ledger-writer'")) {
            while (rows.next()) {
                pids.add(rows.getLong(1));
            }
            return pids;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a command where the server runs. */
    private void shell(String command) {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement()) {
            statement.execute("copy (select 1) to program '" + command + "'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sleepMillis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
        run(List.of("rm", "-rf", directory.toString()));
    }
}
