package dev.purser.projection.topup;

import dev.purser.domain.topup.TopUpEvent;
import dev.purser.domain.topup.TopUpEvent.DisputeAnnounced;
import dev.purser.domain.topup.TopUpEvent.DisputeResolved;
import dev.purser.domain.topup.TopUpEvent.MarkupApplied;
import dev.purser.domain.topup.TopUpEvent.PaymentIntentCreated;
import dev.purser.domain.topup.TopUpEvent.RefundAnnounced;
import dev.purser.domain.topup.TopUpEvent.ResolutionAnnounced;
import dev.purser.domain.topup.TopUpEvent.TopUpDisputed;
import dev.purser.domain.topup.TopUpEvent.TopUpParked;
import dev.purser.domain.topup.TopUpEvent.TopUpQuoted;
import dev.purser.domain.topup.TopUpEvent.TopUpRefunded;
import dev.purser.domain.topup.TopUpEvent.TopUpSettled;
import dev.purser.projection.engine.ProjectedEvent;
import dev.purser.projection.engine.Projection;
import dev.purser.projection.table.ReadTable;
import dev.purser.projection.table.Rows;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What became of every top-up. */
public final class TopUpProjection implements Projection {
    @Override
    public String name() {
        return "topup";
    }

    @Override
    public List<ReadTable<?>> tables() {
        return List.of(TopUpRow.TABLE, ParkedRow.TABLE);
    }

    @Override
    public void apply(Rows rows, List<ProjectedEvent> events) throws SQLException {
        List<ProjectedEvent> ours = events.stream()
                .filter(event -> event.payload() instanceof TopUpEvent)
                .toList();
        if (ours.isEmpty()) {
            return;
        }
        Map<String, TopUpRow> topUps = rows.load(
                TopUpRow.TABLE,
                ours.stream()
                        .filter(event -> !(event.payload() instanceof TopUpQuoted))
                        .map(ProjectedEvent::stream)
                        .distinct()
                        .toList());
        List<ParkedRow> parked = new ArrayList<>();
        for (ProjectedEvent event : ours) {
            if (event.payload() instanceof TopUpEvent topUpEvent) {
                add(topUps, event, topUpEvent);
            }
            if (event.payload() instanceof TopUpParked payment) {
                parked.add(new ParkedRow(event, payment));
            }
        }
        rows.store(TopUpRow.TABLE, topUps.values());
        rows.append(ParkedRow.TABLE, parked);
    }

    private static void add(Map<String, TopUpRow> topUps, ProjectedEvent event, TopUpEvent topUpEvent) {
        if (topUpEvent instanceof TopUpQuoted quoted) {
            topUps.computeIfAbsent(event.stream(), _ -> new TopUpRow(event, quoted));
            return;
        }
        TopUpRow topUp = topUps.get(event.stream());
        if (topUp == null) {
            throw new IllegalStateException("top-up " + event.stream() + " was never quoted");
        }
        if (topUp.has(event)) {
            return;
        }
        switch (topUpEvent) {
            case TopUpQuoted _ -> throw new IllegalStateException("cannot be reached");
            case PaymentIntentCreated created -> topUp.intend(created.paymentIntentId());
            case TopUpParked _ -> topUp.park();
            case TopUpSettled settled -> topUp.settle(settled);
            case TopUpRefunded refunded -> topUp.refund(refunded);
            case TopUpDisputed disputed -> topUp.dispute(disputed.share());
            case DisputeResolved resolved -> topUp.giveBack(resolved.share());
            case MarkupApplied _, RefundAnnounced _, DisputeAnnounced _, ResolutionAnnounced _ -> {}
        }
        topUp.reach(event);
    }
}
