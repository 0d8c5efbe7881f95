package dev.purser.eventstore.writer;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Opens the writer's own connection: straight to the database, not from a pool and not through a pooler in transaction
 * mode (the lead is a lock of the session), with TCP keep-alives and socket timeouts set by its URL.
 */
@FunctionalInterface
public interface ConnectionSource {

    /** Opens a new connection, which the writer closes. */
    Connection open() throws SQLException;
}
