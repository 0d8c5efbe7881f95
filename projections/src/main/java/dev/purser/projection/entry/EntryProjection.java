package dev.purser.projection.entry;

import dev.purser.domain.Sealed;
import dev.purser.domain.wallet.WalletEvent.CreditReinstated;
import dev.purser.domain.wallet.WalletEvent.CreditReversed;
import dev.purser.domain.wallet.WalletEvent.LossRecovered;
import dev.purser.domain.wallet.WalletEvent.UsageDebited;
import dev.purser.domain.wallet.WalletEvent.WalletCredited;
import dev.purser.projection.engine.ProjectedEvent;
import dev.purser.projection.engine.Projection;
import dev.purser.projection.engine.Unsealer;
import dev.purser.projection.table.ReadTable;
import dev.purser.projection.table.Rows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the account statements. */
public final class EntryProjection implements Projection {
    private final Unsealer unsealer;

    public EntryProjection(Unsealer unsealer) {
        this.unsealer = unsealer;
    }

    @Override
    public String name() {
        return "ledger_entry";
    }

    @Override
    public List<ReadTable<?>> tables() {
        return List.of(EntryRow.TABLE);
    }

    @Override
    public void apply(Rows rows, List<ProjectedEvent> events) throws SQLException {
        Map<String, String> customers = customersOfSealed(rows.connection(), events);
        List<EntryRow> entries = new ArrayList<>();
        for (ProjectedEvent event : events) {
            String description = open(customers.get(event.stream()), text(event));
            if (event.payload() instanceof UsageDebited debited) {
                entries.add(EntryRow.of(event, debited, description));
            } else if (event.payload() instanceof WalletCredited credited) {
                entries.add(EntryRow.of(event, credited, description));
            } else if (event.payload() instanceof CreditReversed reversed) {
                entries.add(EntryRow.of(event, reversed));
            } else if (event.payload() instanceof CreditReinstated reinstated) {
                entries.add(EntryRow.of(event, reinstated));
            } else if (event.payload() instanceof LossRecovered recovered) {
                entries.add(EntryRow.of(event, recovered));
            }
        }
        rows.append(EntryRow.TABLE, entries);
    }

    private static @Nullable Sealed text(ProjectedEvent event) {
        return switch (event.payload()) {
            case UsageDebited debited -> debited.description();
            case WalletCredited credited -> credited.reason();
            default -> null;
        };
    }

    private @Nullable String open(@Nullable String customer, @Nullable Sealed text) {
        return text == null || customer == null ? null : unsealer.open(customer, text);
    }

    /** From the inline table, which is always ahead of every projection, whichever of them is rebuilt. */
    private static Map<String, String> customersOfSealed(Connection connection, List<ProjectedEvent> events)
            throws SQLException {
        Set<String> wallets = new HashSet<>();
        for (ProjectedEvent event : events) {
            if (text(event) != null) {
                wallets.add(event.stream());
            }
        }
        Map<String, String> customers = new HashMap<>();
        if (wallets.isEmpty()) {
            return customers;
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "select wallet_id, customer_id from inline.wallet where wallet_id = any (?)")) {
            statement.setArray(1, connection.createArrayOf("text", wallets.toArray(String[]::new)));
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    customers.put(found.getString(1), found.getString(2));
                }
            }
        }
        return customers;
    }
}
