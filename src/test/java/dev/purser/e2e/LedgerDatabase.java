package dev.purser.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The product's own PostgreSQL, looked at from the side. */
final class LedgerDatabase implements AutoCloseable {
    private static final int PORT_LINE = 3;

    private final Connection connection;

    private LedgerDatabase(Connection connection) {
        this.connection = connection;
    }

    /** A database of its own, as one of its roles. */
    static LedgerDatabase at(String url, String role, String password) {
        try {
            return new LedgerDatabase(DriverManager.getConnection(url, role, password));
        } catch (SQLException e) {
            throw new AssertionError("the database cannot be reached", e);
        }
    }

    private static LedgerDatabase of(Product product, String role, String secret) {
        try {
            Path files = product.dataDirectory();
            String password =
                    Files.readString(files.resolve("secrets").resolve(secret)).strip();
            String port =
                    Files.readAllLines(postmasterFile(files)).get(PORT_LINE).strip();
            return at("jdbc:postgresql://127.0.0.1:" + port + "/purser", role, password);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LedgerDatabase asSuperuser(Product product) {
        return of(product, "postgres", "database-superuser");
    }

    /** With the rights that the running application has. */
    static LedgerDatabase asApplication(Product product) {
        return of(product, "purser_app", "database-application");
    }

    /** All rows, each as the text of its columns joined by a bar. */
    List<String> rows(String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int column = 1; column <= columns; column++) {
                    row.append(column == 1 ? "" : "|").append(result.getString(column));
                }
                rows.add(row.toString());
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    long number(String sql) {
        return Long.parseLong(rows(sql).getFirst());
    }

    void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** Tables of a schema, with it. */
    List<String> tables(String schema) {
        return rows("select schemaname || '.' || tablename from pg_tables where schemaname = '%s' order by 1"
                .formatted(schema));
    }

    /** How many rows a table has, and a digest of what they say. */
    String digest(String table) {
        return rows("select count(*) || ' rows ' || coalesce(md5(string_agg(t::text, '|' order by t::text collate \"C\")), '') from %s t"
                        .formatted(table))
                .getFirst();
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static Path postmasterFile(Path dataDirectory) throws IOException {
        try (Stream<Path> files = Files.walk(dataDirectory.resolve("postgres"), 3)) {
            return files.filter(file -> file.endsWith("postmaster.pid"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("the embedded database does not run"));
        }
    }
}
