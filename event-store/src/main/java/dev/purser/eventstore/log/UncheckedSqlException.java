package dev.purser.eventstore.log;

import java.sql.SQLException;

/** The database failed while the log was read. */
public final class UncheckedSqlException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Wraps the failure. */
    public UncheckedSqlException(String message, SQLException cause) {
        super(message, cause);
    }
}
