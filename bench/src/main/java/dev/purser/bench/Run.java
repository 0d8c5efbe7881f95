package dev.purser.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** What the figures of one run share. The rival is measured once: every figure of a run is compared with the same. */
final class Run {
    private final Options options;
    private final Report report;
    private final Installation installation;
    private final DatabaseServer server;
    private final Map<Contention, Rival.Best> rivals = new HashMap<>();

    Run(Options options, Report report, Installation installation, DatabaseServer server) {
        this.options = options;
        this.report = report;
        this.installation = installation;
        this.server = server;
    }

    Options options() {
        return options;
    }

    Report report() {
        return report;
    }

    Installation installation() {
        return installation;
    }

    DatabaseServer server() {
        return server;
    }

    Rival.Best rival(Contention contention) throws IOException, SQLException, InterruptedException {
        Rival.Best known = rivals.get(contention);
        if (known == null) {
            known = Rival.measure(server, contention, options.rival(), report);
            rivals.put(contention, known);
        }
        return known;
    }
}
