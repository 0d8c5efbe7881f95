package dev.purser.projection.engine;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

/** Tells trouble of the database, which passes, from an event that will fail for ever. */
final class Failures {
    // Connection, resources, operator intervention, rolled back to break a conflict, system error, read-only standby.
    private static final Set<String> PASSING = Set.of("08", "53", "57", "40", "55", "58", "25");
    private static final int CLASS_LENGTH = 2;

    private Failures() {}

    static boolean passes(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientException || cause instanceof SQLRecoverableException) {
                return true;
            }
            if (cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && sql.getSQLState().length() > CLASS_LENGTH
                    && PASSING.contains(sql.getSQLState().substring(0, CLASS_LENGTH))) {
                return true;
            }
        }
        return false;
    }
}
