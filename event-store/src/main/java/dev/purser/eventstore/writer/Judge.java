package dev.purser.eventstore.writer;

import dev.purser.eventstore.UniqueClaimViolated;
import dev.purser.eventstore.append.Append;
import dev.purser.eventstore.append.StreamHead;
import dev.purser.eventstore.append.StreamPart;
import dev.purser.eventstore.inline.InlineChanges.Fit;
import dev.purser.eventstore.inline.InlineRow;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/**
 * Judges queued appends, in order, against the durable heads of their streams and against each other. Each must follow
 * the very event it was decided on, by sequence and by hash; what does not is refused alone, and with it, because their
 * hashes lead nowhere then, all appends chained behind it.
 */
final class Judge {

    private final DurableHeads durable;

    Judge(DurableHeads durable) {
        this.durable = durable;
    }

    /**
     * Judges a batch up to the first append that has to wait for the next flush.
     *
     * @param offenders appends that the database itself refused in an earlier try of the same batch
     * @param trustNew whether an append that begins a stream may be taken at its word, leaving it to the unique
     *     constraint to find out otherwise; false after the constraint did
     */
    FlushPlan judge(List<Append> batch, Map<Append, RuntimeException> offenders, boolean trustNew, WriterLink link)
            throws SQLException {
        FlushPlan plan = new FlushPlan();
        Map<String, StreamHead> known = knownHeads(batch, trustNew, link);
        for (Append append : batch) {
            RuntimeException offence = offenders.get(append);
            if (offence != null) {
                plan.refuse(append, offence);
                continue;
            }
            StreamPart stale = staleParts(append, plan, known);
            if (stale != null) {
                plan.refuse(append, conflict(stale));
                continue;
            }
            Fit fit = plan.inline.fit(append.rows());
            if (fit == Fit.NEXT_FLUSH) {
                break;
            }
            if (fit == Fit.DUPLICATE) {
                plan.refuse(append, duplicateWithin(append, plan));
                continue;
            }
            plan.accept(append);
        }
        return plan;
    }

    private Map<String, StreamHead> knownHeads(List<Append> batch, boolean trustNew, WriterLink link)
            throws SQLException {
        Map<String, StreamHead> known = new HashMap<>();
        Set<String> unknown = new HashSet<>();
        for (Append append : batch) {
            for (StreamPart part : append.parts()) {
                String stream = part.stream();
                if (known.containsKey(stream) || unknown.contains(stream)) {
                    continue;
                }
                StreamHead head = durable.get(stream);
                boolean begins =
                        part.expected().sequence() < 0 && !part.events().isEmpty();
                if (head != null) {
                    known.put(stream, head);
                } else if (begins && trustNew) {
                    known.put(stream, StreamHead.NONE);
                } else {
                    unknown.add(stream);
                }
            }
        }
        if (!unknown.isEmpty()) {
            Map<String, StreamHead> stored = link.readHeads(unknown);
            unknown.forEach(stream -> known.put(stream, stored.getOrDefault(stream, StreamHead.NONE)));
            durable.putAll(stored);
        }
        return known;
    }

    private static @Nullable StreamPart staleParts(Append append, FlushPlan plan, Map<String, StreamHead> known) {
        for (StreamPart part : append.parts()) {
            StreamHead head = plan.heads.get(part.stream());
            if (head == null) {
                head = known.getOrDefault(part.stream(), StreamHead.NONE);
            }
            if (!part.expected().isSameAs(head)) {
                return part;
            }
        }
        return null;
    }

    private static ConcurrencyException conflict(StreamPart part) {
        return new ConcurrencyException("stream " + part.stream() + " has another event than the one numbered "
                + part.expected().sequence() + " that this decision was made on");
    }

    private static UniqueClaimViolated duplicateWithin(Append append, FlushPlan plan) {
        for (InlineRow row : append.rows()) {
            if (plan.inline.fit(List.of(row)) == Fit.DUPLICATE) {
                return new UniqueClaimViolated(row.table().name(), row.key());
            }
        }
        throw new IllegalStateException("an append was judged a duplicate without having one");
    }
}
