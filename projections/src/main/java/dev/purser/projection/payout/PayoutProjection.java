package dev.purser.projection.payout;

import dev.purser.domain.payout.PayoutEvent;
import dev.purser.domain.payout.PayoutEvent.PayoutFailed;
import dev.purser.domain.payout.PayoutEvent.PayoutPaid;
import dev.purser.domain.payout.PayoutEvent.PayoutRequested;
import dev.purser.projection.engine.ProjectedEvent;
import dev.purser.projection.engine.Projection;
import dev.purser.projection.table.ReadTable;
import dev.purser.projection.table.Rows;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** How far every payout has come. */
public final class PayoutProjection implements Projection {
    @Override
    public String name() {
        return "payout";
    }

    @Override
    public List<ReadTable<?>> tables() {
        return List.of(PayoutRow.TABLE);
    }

    @Override
    public void apply(Rows rows, List<ProjectedEvent> events) throws SQLException {
        List<ProjectedEvent> ours = events.stream()
                .filter(event -> event.payload() instanceof PayoutEvent)
                .toList();
        if (ours.isEmpty()) {
            return;
        }
        Map<String, PayoutRow> payouts = rows.load(
                PayoutRow.TABLE,
                ours.stream()
                        .filter(event -> !(event.payload() instanceof PayoutRequested))
                        .map(ProjectedEvent::stream)
                        .distinct()
                        .toList());
        for (ProjectedEvent event : ours) {
            if (event.payload() instanceof PayoutEvent payoutEvent) {
                add(payouts, event, payoutEvent);
            }
        }
        rows.store(PayoutRow.TABLE, payouts.values());
    }

    private static void add(Map<String, PayoutRow> payouts, ProjectedEvent event, PayoutEvent payoutEvent) {
        if (payoutEvent instanceof PayoutRequested requested) {
            payouts.computeIfAbsent(event.stream(), _ -> new PayoutRow(event, requested));
            return;
        }
        PayoutRow payout = payouts.get(event.stream());
        if (payout == null) {
            throw new IllegalStateException("payout " + event.stream() + " was never requested");
        }
        if (payout.has(event)) {
            return;
        }
        switch (payoutEvent) {
            case PayoutRequested _ -> throw new IllegalStateException("cannot be reached");
            case PayoutPaid paid -> payout.pay(event, paid);
            case PayoutFailed failed -> payout.fail(event, failed);
        }
    }
}
