package dev.purser.eventstore.log;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;

/** The columns of the event table and how a row becomes a {@link StoredEvent}. */
final class EventRows {

    static final String COLUMNS = "global_position, stream, sequence, type, revision, event_id, occurred_at,"
            + " recorded_at, metadata, payload, salt, content_hash, previous_hash";

    private EventRows() {}

    static StoredEvent read(ResultSet row) throws SQLException {
        return new StoredEvent(
                row.getLong(1),
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                row.getShort(5),
                row.getObject(6, UUID.class),
                row.getObject(7, OffsetDateTime.class).toInstant(),
                row.getObject(8, OffsetDateTime.class).toInstant(),
                row.getBytes(9),
                row.getBytes(10),
                row.getBytes(11),
                row.getBytes(12),
                row.getBytes(13));
    }
}
