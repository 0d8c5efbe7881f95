package dev.purser.eventstore;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Holds every insert into the log until it is released, so that commands run on state that is not yet durable. */
final class Stall implements AutoCloseable {

    private final Connection holder;

    Stall(TestDatabase database) throws SQLException {
        holder = database.connect(TestDatabase.OWNER);
        holder.setAutoCommit(false);
        try (Statement lock = holder.createStatement()) {
            lock.execute("lock table ledger.event in share row exclusive mode");
        }
    }

    void release() throws SQLException {
        holder.rollback();
    }

    @Override
    public void close() throws SQLException {
        holder.close();
    }
}
