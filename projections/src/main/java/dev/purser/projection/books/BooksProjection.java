package dev.purser.projection.books;

import dev.purser.projection.engine.ProjectedEvent;
import dev.purser.projection.engine.Projection;
import dev.purser.projection.table.ReadTable;
import dev.purser.projection.table.Rows;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Adds up the postings of every stream by the hour. One row per event would be as large as the log; who wants to know what an
 * event posted asks the event.
 */
public final class BooksProjection implements Projection {
    static final String NAME = "books";

    private record Posted(String key, ProjectedEvent event, Amounts amounts) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<ReadTable<?>> tables() {
        return List.of(Book.TABLE, PostingHour.TABLE);
    }

    @Override
    public void apply(Rows rows, List<ProjectedEvent> events) throws SQLException {
        List<Book> opened = new ArrayList<>();
        List<Posted> posted = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (ProjectedEvent event : events) {
            Book book = Book.openedBy(event);
            if (book != null) {
                opened.add(book);
            }
            Amounts amounts = Amounts.of(event.payload());
            if (!amounts.isEmpty()) {
                String key = PostingHour.key(event);
                keys.add(key);
                posted.add(new Posted(key, event, amounts));
            }
        }
        rows.append(Book.TABLE, opened);
        if (posted.isEmpty()) {
            return;
        }
        Map<String, PostingHour> hours = rows.load(PostingHour.TABLE, keys);
        for (Posted each : posted) {
            hours.computeIfAbsent(each.key(), _ -> PostingHour.of(each.event())).add(each.event(), each.amounts());
        }
        rows.store(PostingHour.TABLE, hours.values());
    }
}
