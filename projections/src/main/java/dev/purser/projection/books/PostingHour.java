package dev.purser.projection.books;

import dev.purser.domain.books.AccountKind;
import dev.purser.projection.engine.ProjectedEvent;
import dev.purser.projection.table.ColumnType;
import dev.purser.projection.table.FoldedTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;

/** What one stream posted within one hour (UTC), a row of {@code projection.posting_hour}; amounts in nano-dollars. */
final class PostingHour {
    static final FoldedTable<PostingHour> TABLE = table();
    private static final long SECONDS_PER_HOUR = 3_600;
    private static final int FIRST_AMOUNT = 4;

    private final String stream;
    private final long hour;
    private final Amounts amounts = new Amounts();
    private long position;

    private PostingHour(String stream, long hour) {
        this.stream = stream;
        this.hour = hour;
    }

    private PostingHour(ResultSet row) throws SQLException {
        stream = row.getString(2);
        hour = row.getLong(3);
        readInto(amounts, row, FIRST_AMOUNT);
        position = row.getLong(FIRST_AMOUNT + Amounts.KINDS.size());
    }

    static PostingHour of(ProjectedEvent event) {
        return new PostingHour(event.stream(), hourOf(event.recordedAt()));
    }

    private static FoldedTable<PostingHour> table() {
        FoldedTable.Builder<PostingHour> table = FoldedTable.<PostingHour>named(
                        "posting_hour", "stream_hour", row -> key(row.stream, row.hour))
                .column("stream", ColumnType.TEXT, row -> row.stream)
                .column("hour", ColumnType.BIGINT, row -> row.hour);
        for (AccountKind kind : Amounts.KINDS) {
            table.column(column(kind), ColumnType.BIGINT, row -> row.amounts.nanos(kind));
        }
        return table.column("position", ColumnType.BIGINT, row -> row.position)
                .closedByLater(row -> row.hour)
                .read(PostingHour::new);
    }

    static String column(AccountKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Of every kind, in their order. */
    static String sums() {
        return Amounts.KINDS.stream()
                .map(kind -> "coalesce(sum(p." + column(kind) + "), 0)::bigint")
                .collect(Collectors.joining(", "));
    }

    static void readInto(Amounts amounts, ResultSet row, int firstColumn) throws SQLException {
        int column = firstColumn;
        for (AccountKind kind : Amounts.KINDS) {
            amounts.add(kind, row.getLong(column++));
        }
    }

    static String key(ProjectedEvent event) {
        return key(event.stream(), hourOf(event.recordedAt()));
    }

    private static String key(String stream, long hour) {
        return stream + "/" + hour;
    }

    /** Hours since 1970-01-01T00:00Z. */
    static long hourOf(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), SECONDS_PER_HOUR);
    }

    static Instant startOf(long hour) {
        return Instant.ofEpochSecond(hour * SECONDS_PER_HOUR);
    }

    void add(ProjectedEvent event, Amounts posted) {
        if (event.position() > position) {
            amounts.add(posted);
            position = event.position();
        }
    }
}
