package dev.purser.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/**
 * How many of the very rows that a load has stored one session can store in batches, a durable commit each, when nothing
 * has to be decided, encoded or answered.
 */
final class RawLimit {
    private static final int[] BATCHES = {256, 1_024};
    private static final int HEADER_BYTES = 19;
    private static final int MOST_ROWS = 200_000;
    private static final String COPY = "copy ledger.event from stdin with (format binary)";

    private RawLimit() {}

    /** The most rows per second, over the sizes of a batch. */
    static double measure(DatabaseServer server, String source, Report report) throws SQLException, IOException {
        List<byte[]> rows = rows(server, source);
        double best = 0;
        for (int batch : BATCHES) {
            String target = server.createMigrated("raw");
            server.execute(target, "truncate ledger.event", "checkpoint");
            double perSecond;
            try (Connection connection = server.connect(target)) {
                perSecond = write(connection, rows, batch);
            }
            report.line("raw limit, the same rows by COPY, %,d a commit: %,.0f/s", batch, perSecond);
            best = Math.max(best, perSecond);
            server.drop(target);
        }
        return best;
    }

    private static double write(Connection connection, List<byte[]> rows, int batch) throws SQLException {
        CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
        long begin = System.nanoTime();
        for (int from = 0; from < rows.size(); from += batch) {
            byte[] bytes = binaryCopy(rows.subList(from, Math.min(rows.size(), from + batch)));
            CopyIn copy = copies.copyIn(COPY);
            copy.writeToCopy(bytes, 0, bytes.length);
            copy.endCopy();
        }
        return rows.size() * 1e9 / (System.nanoTime() - begin);
    }

    private static byte[] binaryCopy(List<byte[]> rows) {
        ByteBuffer copy = ByteBuffer.allocate(
                HEADER_BYTES + 2 + rows.stream().mapToInt(row -> row.length).sum());
        copy.put(new byte[] {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0})
                .putInt(0)
                .putInt(0);
        rows.forEach(copy::put);
        return copy.putShort((short) -1).array();
    }

    /** The last rows of a log, each in the form that a binary COPY takes. */
    private static List<byte[]> rows(DatabaseServer server, String source) throws SQLException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Connection connection = server.connect(source)) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyOut("""
                copy (select * from (select * from ledger.event order by global_position desc limit %d) e
                      order by global_position) to stdout with (format binary)
                """.formatted(MOST_ROWS), out);
        }
        ByteBuffer copy = ByteBuffer.wrap(out.toByteArray()).position(HEADER_BYTES);
        List<byte[]> rows = new ArrayList<>();
        for (int begin = copy.position(), fields = copy.getShort(); fields >= 0; fields = copy.getShort()) {
            for (int field = 0; field < fields; field++) {
                int length = copy.getInt();
                copy.position(copy.position() + Math.max(0, length));
            }
            byte[] row = new byte[copy.position() - begin];
            copy.get(begin, row);
            rows.add(row);
            begin = copy.position();
        }
        return rows;
    }
}
