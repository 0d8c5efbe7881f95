package dev.purser.edge.error;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;

/** Recognises a database that cannot be reached or is going down, whatever wraps its exception. */
final class DatabaseAway {
    private static final int MAX_CAUSES = 20;

    private DatabaseAway() {}

    static boolean is(Throwable thrown) {
        Throwable cause = thrown;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            if (cause instanceof SQLException sql && saysAway(sql)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean saysAway(SQLException sql) {
        return sql instanceof SQLTransientException
                || sql instanceof SQLRecoverableException
                || sql instanceof SQLNonTransientConnectionException
                || isStateOfABrokenConnection(sql.getSQLState());
    }

    /** Class 08: connection failures; 57P: the server shuts down or starts; 53: it has no room for another. */
    private static boolean isStateOfABrokenConnection(@Nullable String state) {
        return state != null && (state.startsWith("08") || state.startsWith("57P") || state.startsWith("53"));
    }
}
