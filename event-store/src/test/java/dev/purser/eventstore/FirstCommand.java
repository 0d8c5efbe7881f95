package dev.purser.eventstore;

import dev.purser.eventstore.append.QueuedEvent;
import dev.purser.eventstore.codec.EventCodec;
import dev.purser.eventstore.codec.JsonEventCodec;
import dev.purser.eventstore.log.EventHash;
import dev.purser.eventstore.log.MetadataFormat;
import dev.purser.eventstore.secret.RandomPool;
import dev.purser.eventstore.secret.UuidV7;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Prints how long the first command takes on an account with many events, without and with a snapshot: {@code FirstCommand
 * [events]}, a million unless given. The engine is warm by commands on other accounts, the account is not in memory.
 */
public final class FirstCommand {

    private static final String ACCOUNT = "acclong";
    private static final int EVENTS_AT_ONCE = 20_000;
    private static final byte[] COPY_HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    private FirstCommand() {}

    public static void main(String[] arguments) throws SQLException, IOException {
        int events = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        try (TestDatabase database = TestDatabase.create()) {
            long begin = System.nanoTime();
            fill(database, events);
            database.execute("vacuum analyze ledger.event");
            System.out.printf("%d events of one account stored in %.1f s%n", events, (System.nanoTime() - begin) / 1e9);
            try (Ledger ledger = Ledger.start(database, builder -> builder)) {
                System.out.printf("without snapshot: %.1f ms%n", firstCommandMillis(ledger));
            }
            for (int round = 1; round <= 5; round++) {
                try (Ledger ledger = Ledger.start(TestDatabase.at(database.url()), builder -> builder)) {
                    System.out.printf("with snapshot: %.1f ms%n", firstCommandMillis(ledger));
                }
            }
        }
        System.exit(0);
    }

    private static double firstCommandMillis(Ledger ledger) {
        for (int i = 0; i < 200; i++) {
            String other = "acc" + i % 20;
            ledger.open(other);
            ledger.credit(other, 1);
        }
        long before = System.nanoTime();
        ledger.credit(ACCOUNT, 1);
        return (System.nanoTime() - before) / 1e6;
    }

    /** Stores a stream of credits as the writer would, without the waiting. */
    static void fill(TestDatabase database, int events) throws SQLException, IOException {
        EventCodec codec = new JsonEventCodec(Account.EVENTS);
        byte[] metadata = MetadataFormat.encode(Map.of("actor", "test"));
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        byte[] previous = EventHash.none();
        try (Connection connection = database.connect(TestDatabase.OWNER)) {
            CopyIn copy = null;
            for (int i = 0; i < events; i++) {
                if (copy == null) {
                    copy = connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn("copy ledger.event (global_position, recorded_at, " + QueuedEvent.ROW_COLUMNS
                                    + ") from stdin (format binary)");
                    copy.writeToCopy(COPY_HEADER, 0, COPY_HEADER.length);
                }
                Object event = i == 0
                        ? new Account.Event.AccountOpened("somebody")
                        : new Account.Event.AccountCredited(1, null);
                QueuedEvent queued = QueuedEvent.of(
                        ACCOUNT,
                        i,
                        UuidV7.next(),
                        now,
                        metadata,
                        codec.encode(event),
                        RandomPool.bytes(EventHash.SALT_BYTES),
                        previous);
                previous = queued.contentHash();
                byte[] row = row(i + 1L, now, queued);
                copy.writeToCopy(row, 0, row.length);
                if ((i + 1) % EVENTS_AT_ONCE == 0 || i == events - 1) {
                    copy.writeToCopy(new byte[] {-1, -1}, 0, 2);
                    copy.endCopy();
                    copy = null;
                }
            }
        }
    }

    private static byte[] row(long position, Instant recordedAt, QueuedEvent event) {
        return ByteBuffer.allocate(2 + 12 + 12 + event.row().length)
                .putShort((short) (2 + QueuedEvent.ROW_COLUMN_COUNT))
                .putInt(8)
                .putLong(position)
                .putInt(8)
                .putLong(QueuedEvent.postgresMicros(recordedAt))
                .put(event.row())
                .array();
    }
}
