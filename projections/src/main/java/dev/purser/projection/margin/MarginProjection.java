package dev.purser.projection.margin;

import dev.purser.domain.margin.MarginEvent;
import dev.purser.domain.margin.MarginEvent.MarginAccountOpened;
import dev.purser.projection.engine.ProjectedEvent;
import dev.purser.projection.engine.Projection;
import dev.purser.projection.table.ReadTable;
import dev.purser.projection.table.Rows;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every margin account and its statement. */
public final class MarginProjection implements Projection {
    @Override
    public String name() {
        return "margin";
    }

    @Override
    public List<ReadTable<?>> tables() {
        return List.of(MarginRow.TABLE, EntryRow.TABLE);
    }

    @Override
    public void apply(Rows rows, List<ProjectedEvent> events) throws SQLException {
        List<ProjectedEvent> ours = events.stream()
                .filter(event -> event.payload() instanceof MarginEvent)
                .toList();
        if (ours.isEmpty()) {
            return;
        }
        Map<String, MarginRow> accounts = rows.load(
                MarginRow.TABLE,
                ours.stream()
                        .filter(event -> !(event.payload() instanceof MarginAccountOpened))
                        .map(ProjectedEvent::stream)
                        .distinct()
                        .toList());
        List<EntryRow> entries = new ArrayList<>();
        for (ProjectedEvent event : ours) {
            if (event.payload() instanceof MarginAccountOpened opened) {
                accounts.computeIfAbsent(event.stream(), _ -> new MarginRow(event, opened));
            } else if (event.payload() instanceof MarginEvent marginEvent) {
                add(accounts, entries, event, marginEvent);
            }
        }
        rows.store(MarginRow.TABLE, accounts.values());
        rows.append(EntryRow.TABLE, entries);
    }

    private static void add(
            Map<String, MarginRow> accounts, List<EntryRow> entries, ProjectedEvent event, MarginEvent marginEvent) {
        MarginRow account = accounts.get(event.stream());
        if (account == null) {
            throw new IllegalStateException("margin account " + event.stream() + " was never opened");
        }
        EntryRow entry = EntryRow.of(event, marginEvent);
        if (entry != null && !account.has(event)) {
            account.add(entry);
            entries.add(entry);
        }
    }
}
