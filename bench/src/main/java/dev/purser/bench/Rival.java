package dev.purser.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A wallet as most products have it: a row whose balance is updated where it suffices, and an entry that says so. Driven by
 * pgbench with prepared statements on the same server; no framework, no HTTP, no read models. Its tables have a primary key
 * each and no other index, and room for updates in place.
 */
final class Rival {
    private static final String DATABASE = "rival";
    private static final List<Integer> CLIENTS = List.of(4, 8, 16, 32, 64);
    private static final List<String> TABLES = List.of(
            """
            create table wallet (
                id         bigint      not null primary key,
                balance    bigint      not null check (balance >= 0),
                updated_at timestamptz not null
            ) with (fillfactor = 50)\
            """,
            """
            create table entry (
                id         bigint      generated always as identity primary key,
                wallet_id  bigint      not null,
                amount     bigint      not null,
                created_at timestamptz not null default now()
            )\
            """,
            "insert into wallet select id, 1000000000000000, now() from generate_series(1, " + Contention.WALLETS
                    + ") as id",
            "vacuum analyze wallet");

    private Rival() {}

    /** How the debit is written. */
    enum Form {
        FOUR_STATEMENTS("""
            BEGIN;
            UPDATE wallet SET balance = balance - 100000, updated_at = now() WHERE id = :id AND balance >= 100000;
            INSERT INTO entry (wallet_id, amount) VALUES (:id, -100000);
            COMMIT;
            """),
        ONE_STATEMENT("""
            WITH debit AS (
              UPDATE wallet SET balance = balance - 100000, updated_at = now() WHERE id = :id AND balance >= 100000
              RETURNING id)
            INSERT INTO entry (wallet_id, amount) SELECT id, -100000 FROM debit;
            """);

        private final String script;

        Form(String script) {
            this.script = script;
        }
    }

    /** The most debits per second of each form, over all numbers of clients. */
    record Best(double fourStatements, double oneStatement) {}

    static Best measure(DatabaseServer server, Contention contention, Duration each, Report report)
            throws IOException, SQLException, InterruptedException {
        server.createEmpty(DATABASE);
        server.execute(DATABASE, TABLES.toArray(String[]::new));
        Best best = new Best(
                best(server, contention, Form.FOUR_STATEMENTS, each, report),
                best(server, contention, Form.ONE_STATEMENT, each, report));
        server.drop(DATABASE);
        return best;
    }

    private static double best(DatabaseServer server, Contention contention, Form form, Duration each, Report report)
            throws IOException, SQLException, InterruptedException {
        double best = 0;
        List<String> all = new ArrayList<>();
        for (int clients : CLIENTS) {
            server.execute(DATABASE, "vacuum wallet", "checkpoint");
            PgbenchOutput output = PgbenchOutput.parse(pgbench(server, contention, form, clients, each));
            best = Math.max(best, output.transactionsPerSecond());
            all.add("%d: %,.0f".formatted(clients, output.transactionsPerSecond()));
        }
        report.line("pgbench, %s, %s, by clients: %s", contention, form.name().toLowerCase(Locale.ROOT), all);
        return best;
    }

    private static String pgbench(
            DatabaseServer server, Contention contention, Form form, int clients, Duration duration)
            throws IOException, InterruptedException {
        Path script = Files.createTempFile("purser-bench", ".sql");
        try {
            String wallet = contention == Contention.HOT ? "1" : "random(1, " + Contention.WALLETS + ")";
            Files.writeString(script, "\\set id " + wallet + "\n" + form.script);
            ProcessBuilder builder = new ProcessBuilder(
                            "pgbench",
                            "--no-vacuum",
                            "--protocol=prepared",
                            "--jobs=2",
                            "--client=" + clients,
                            "--time=" + duration.toSeconds(),
                            "--file=" + script,
                            "--host=127.0.0.1",
                            "--port=" + server.port(),
                            "--username=" + server.superuser(),
                            DATABASE)
                    .redirectErrorStream(true);
            builder.environment().put("PGPASSWORD", server.superuserPassword());
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException("pgbench failed: " + output);
            }
            return output;
        } finally {
            Files.delete(script);
        }
    }
}
