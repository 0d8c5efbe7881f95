package dev.purser.app.database;

import dev.purser.app.storage.StartRefused;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Whether an answered commit survives a power failure, as the running server itself says. */
public record DurabilitySettings(String fsync, String synchronousCommit, String fullPageWrites) {

    public static DurabilitySettings read(Connection connection) throws SQLException {
        return new DurabilitySettings(
                show(connection, "fsync"),
                show(connection, "synchronous_commit"),
                show(connection, "full_page_writes"));
    }

    /** What is not durable, in the server's own words; empty when all is well. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (!fsync.equals("on")) {
            problems.add("fsync = " + fsync);
        }
        if (synchronousCommit.equals("off")) {
            problems.add("synchronous_commit = " + synchronousCommit);
        }
        if (!fullPageWrites.equals("on")) {
            problems.add("full_page_writes = " + fullPageWrites);
        }
        return problems;
    }

    /** An acknowledged payment must not be lost, so Purser does not run on a server that may lose it. */
    public void refuseUnlessDurable(String server) {
        if (!problems().isEmpty()) {
            throw new StartRefused(server + " would lose answered commands in a power failure: "
                    + String.join(", ", problems()) + ". Set them to on; Purser does not start without.");
        }
    }

    static String show(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("show " + setting)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
