package dev.purser.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Figure 2: the same debit through HTTP, against the packaged product as a process of its own, read models running. */
final class HttpFigure implements Figure {
    private static final List<Integer> CONNECTIONS = List.of(64, 128, 256);
    private static final int ENROLLING_AT_ONCE = 32;
    private static final String DEBIT = "{\"amount\":\"0.0001\"}";

    @Override
    public String title() {
        return "2. Debits through HTTP";
    }

    @Override
    public void measure(Run run) throws Exception {
        double rival = run.rival(Contention.SPREAD).fourStatements();
        String database = run.server().createMigrated("http");
        double best = 0;
        try (Product product = Product.start(run.server(), database, System.getProperty("purser.product", ""))) {
            List<byte[]> debits = enrol(product, run.installation().operatorKey());
            Duration warmUp = run.options().warmUpOfAProcess();
            for (int connections : CONNECTIONS) {
                Load.Outcome outcome = load(run, product, debits, connections, warmUp);
                warmUp = run.options().warmUp();
                best = Math.max(best, outcome.callsPerSecond());
            }
        }
        run.server().drop(database);
        run.report().line("that is %.2f x pgbench's four statements, which have no HTTP", best / rival);
        run.report().result(Result.atLeast(1, "debits_http_spread", best / rival, "x"), 2);
    }

    private static Load.Outcome load(Run run, Product product, List<byte[]> debits, int connections, Duration warmUp)
            throws IOException {
        List<HttpConnection> opened = new ArrayList<>();
        List<Load.Call> callers = new ArrayList<>();
        for (int index = 0; index < connections; index++) {
            HttpConnection connection = new HttpConnection(product.apiPort());
            opened.add(connection);
            callers.add(random -> connection.sendAndForget(debits.get(Contention.SPREAD.next(random))));
        }
        Duration cpuBefore = product.cpu();
        long before = System.nanoTime();
        Load.Outcome outcome = Load.closedLoop(callers, warmUp, run.options().load(), connections);
        double productCores = product.cpu().minus(cpuBefore).toNanos() / (double) (System.nanoTime() - before);
        run.report().line("HTTP, %d connections: %s; the product used %.2f cores", connections, outcome, productCores);
        for (HttpConnection connection : opened) {
            connection.close();
        }
        return outcome;
    }

    /** Makes a project and its wallets as an operator and a backend do; answers a debit of each wallet. */
    private static List<byte[]> enrol(Product product, String operatorKey) throws Exception {
        String key;
        try (HttpConnection admin = new HttpConnection(product.apiPort())) {
            String organization =
                    text("id", admin.send(HttpConnection.post("/v1/admin/organizations", operatorKey, """
                        {"name":"Bench"}\
                        """)));
            String project = text(
                    "id",
                    admin.send(HttpConnection.post(
                            "/v1/admin/organizations/" + organization + "/projects", operatorKey, """
                            {"name":"Bench","endUserSessions":true}\
                            """)));
            key = text(
                    "secret",
                    admin.send(HttpConnection.post(
                            "/v1/admin/projects/" + project + "/keys", operatorKey, "{\"mode\":\"live\"}")));
        }
        byte[][] debits = new byte[Contention.WALLETS][];
        BlockingQueue<HttpConnection> idle = new LinkedBlockingQueue<>();
        for (int index = 0; index < ENROLLING_AT_ONCE; index++) {
            idle.add(new HttpConnection(product.apiPort()));
        }
        Load.all(ENROLLING_AT_ONCE, Contention.WALLETS, index -> {
            HttpConnection connection = idle.take();
            String wallet = text(
                    "walletId",
                    connection.send(HttpConnection.post("/v1/sessions", key, "{\"customer\":\"user-" + index + "\"}")));
            connection.sendAndForget(
                    HttpConnection.post("/v1/wallets/" + wallet + "/credit", key, "{\"amount\":100000}"));
            debits[index] = HttpConnection.post("/v1/wallets/" + wallet + "/debit", key, DEBIT);
            idle.add(connection);
        });
        for (HttpConnection connection : idle) {
            connection.close();
        }
        return List.of(debits);
    }

    private static String text(String field, String json) {
        Matcher matcher = Pattern.compile("\"" + field + "\":\"([^\"]+)\"").matcher(json);
        if (!matcher.find()) {
            throw new IllegalArgumentException("no " + field + " in " + json);
        }
        return matcher.group(1);
    }
}
