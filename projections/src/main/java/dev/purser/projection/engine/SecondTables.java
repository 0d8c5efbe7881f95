package dev.purser.projection.engine;

import dev.purser.projection.table.ReadTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;

/** The tables that a rebuild fills; made, dropped and switched by functions of the tables' owner. */
final class SecondTables {
    private final Connection connection;

    SecondTables(Connection connection) {
        this.connection = connection;
    }

    static List<String> of(Collection<Projection> projections) {
        return projections.stream()
                .flatMap(projection -> projection.tables().stream())
                .map(ReadTable::name)
                .toList();
    }

    /** Empty ones without keys and indexes. */
    void create(Projection projection) throws SQLException {
        call("create_table", of(List.of(projection)));
    }

    void drop(Collection<Projection> projections) throws SQLException {
        call("drop_table", of(projections));
    }

    void createIndexes(Projection projection) throws SQLException {
        Transactions.in(connection, () -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("set local maintenance_work_mem = '256MB'");
            }
            return call("create_indexes", of(List.of(projection)));
        });
    }

    /** In the caller's transaction; waits at most as long as its lock timeout says. */
    void switchTables(Collection<Projection> projections) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select projection_next.switch_tables(?)")) {
            statement.setArray(
                    1, connection.createArrayOf("text", of(projections).toArray(String[]::new)));
            statement.execute();
        }
    }

    private boolean call(String function, List<String> tables) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select projection_next." + function + "(name) from unnest(?::text[]) as given (name)")) {
            statement.setArray(1, connection.createArrayOf("text", tables.toArray(String[]::new)));
            return statement.execute();
        }
    }
}
