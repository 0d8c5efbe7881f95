package dev.purser.app.doctor;

import dev.purser.app.database.DatabaseAccess;
import dev.purser.app.database.DurabilitySettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** What the database says of itself, and how fast it writes. */
final class DatabaseChecks {
    private static final int COMMITS = 21;
    private static final double SLOW_COMMIT_MILLIS = 10;
    private static final Duration SMALL_SKEW = Duration.ofMillis(500);
    private static final Duration GREAT_SKEW = Duration.ofSeconds(30);

    private final Connection connection;
    private final DatabaseAccess access;

    DatabaseChecks(Connection connection, DatabaseAccess access) {
        this.connection = connection;
        this.access = access;
    }

    void examine(Consumer<Finding> teller) throws SQLException {
        teller.accept(Finding.ok(
                "Database",
                "PostgreSQL " + connection.getMetaData().getDatabaseProductVersion() + " at " + access.url()));
        teller.accept(durability());
        teller.accept(rights());
        teller.accept(clock());
        teller.accept(commitTime());
    }

    private Finding durability() throws SQLException {
        List<String> problems = DurabilitySettings.read(connection).problems();
        return problems.isEmpty()
                ? Finding.ok("Durability", "fsync, synchronous_commit and full_page_writes are on")
                : Finding.fail("Durability", "a power failure loses answered commands: " + String.join(", ", problems));
    }

    /** The application must be able to append to the ledger and to do nothing else to it. */
    private Finding rights() throws SQLException {
        String subject = "Ledger rights";
        if (!isTrue("select to_regclass('ledger.event') is not null")) {
            return Finding.warn(subject, "the ledger is not there yet: the first start makes it");
        }
        List<String> missing = privileges(true, "SELECT", "INSERT");
        if (!missing.isEmpty()) {
            return Finding.fail(
                    subject, access.application() + " lacks " + String.join(", ", missing) + " on ledger.event");
        }
        List<String> excess = privileges(false, "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER");
        if (isTrue("select rolsuper from pg_roles where rolname = current_user")) {
            excess.add("everything (superuser)");
        }
        return excess.isEmpty()
                ? Finding.ok(subject, access.application() + " can read and append events, nothing else")
                : Finding.warn(
                        subject,
                        access.application() + " could also " + String.join(", ", excess)
                                + " ledger.event: give the owner a role of its own (PURSER_DATABASE_OWNER_USERNAME)");
    }

    private List<String> privileges(boolean absent, String... names) throws SQLException {
        List<String> found = new ArrayList<>();
        for (String name : names) {
            try (PreparedStatement statement =
                    connection.prepareStatement("select has_table_privilege('ledger.event', ?)")) {
                statement.setString(1, name);
                try (ResultSet rows = statement.executeQuery()) {
                    rows.next();
                    if (rows.getBoolean(1) != absent) {
                        found.add(name);
                    }
                }
            }
        }
        return found;
    }

    private Finding clock() throws SQLException {
        Instant before = Instant.now();
        Instant there;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select clock_timestamp()")) {
            rows.next();
            there = rows.getObject(1, OffsetDateTime.class).toInstant();
        }
        Instant here = before.plus(Duration.between(before, Instant.now()).dividedBy(2));
        Duration skew = Duration.between(here, there).abs();
        String text = skew.toMillis() + " ms apart from the database's";
        if (skew.compareTo(GREAT_SKEW) > 0) {
            return Finding.fail("Clock", text + ": set both by NTP");
        }
        return skew.compareTo(SMALL_SKEW) > 0
                ? Finding.warn("Clock", text + ": set both by NTP")
                : Finding.ok("Clock", text);
    }

    /** A transaction that writes to the log alone: it leaves no row behind and still waits for the disk. */
    private Finding commitTime() throws SQLException {
        double[] millis = new double[COMMITS];
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (int index = 0; index < COMMITS; index++) {
                statement.execute("select pg_logical_emit_message(true, 'purser', 'doctor')");
                long start = System.nanoTime();
                connection.commit();
                millis[index] = (System.nanoTime() - start) / 1e6;
            }
        } finally {
            connection.setAutoCommit(true);
        }
        Arrays.sort(millis);
        String text = "%.2f ms a commit (median of %d)".formatted(millis[COMMITS / 2], COMMITS);
        return millis[COMMITS / 2] <= SLOW_COMMIT_MILLIS
                ? Finding.ok("Commit time", text)
                : Finding.warn("Commit time", text + ": the disk is slow, every command waits for it");
    }

    private boolean isTrue(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() && rows.getBoolean(1);
        }
    }
}
