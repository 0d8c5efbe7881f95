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
        Map<String, StreamHead> known = knownHeads(batch, trustNew, link);
        FlushPlan plan = link.newPlan();
        judge(plan, batch, offenders, part -> known.getOrDefault(part.stream(), StreamHead.NONE));
        return plan;
    }

    /**
     * Judges further appends for a plan that is to be stored behind others that are being stored, as if those were. Never
     * asks the database.
     *
     * @param ahead the newest comes last
     * @return how many of them, from the first, are judged: the next one has to wait until the plans ahead are stored, or
     *     for the plan after this
     */
    int judgeBehind(List<FlushPlan> ahead, FlushPlan plan, Iterable<Append> more) {
        return judge(plan, more, Map.of(), part -> {
            for (FlushPlan before : ahead.reversed()) {
                StreamHead head = before.heads.get(part.stream());
                if (head != null) {
                    return head;
                }
            }
            StreamHead head = durable.get(part.stream());
            return head == null && begins(part) ? StreamHead.NONE : head;
        });
    }

    /** The last event of a part's stream; null if it is not known. */
    @FunctionalInterface
    private interface KnownHeads {
        @Nullable
        StreamHead of(StreamPart part);
    }

    private static int judge(
            FlushPlan plan, Iterable<Append> appends, Map<Append, RuntimeException> offenders, KnownHeads known) {
        int judged = 0;
        for (Append append : appends) {
            if (!judge(plan, append, offenders.get(append), known)) {
                break;
            }
            judged++;
        }
        return judged;
    }

    /** False if the append cannot be judged in this plan. */
    private static boolean judge(FlushPlan plan, Append append, @Nullable RuntimeException offence, KnownHeads known) {
        if (offence != null) {
            plan.refuse(append, offence);
            return true;
        }
        for (StreamPart part : append.parts()) {
            StreamHead head = plan.heads.get(part.stream());
            if (head == null) {
                head = known.of(part);
            }
            if (head == null) {
                return false;
            }
            if (!part.expected().isSameAs(head)) {
                plan.refuse(append, conflict(part));
                return true;
            }
        }
        Fit fit = plan.inline.fit(append.rows());
        if (fit == Fit.NEXT_FLUSH) {
            return false;
        }
        if (fit == Fit.DUPLICATE) {
            plan.refuse(append, duplicateWithin(append, plan));
        } else {
            plan.accept(append);
        }
        return true;
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
                if (head != null) {
                    known.put(stream, head);
                } else if (begins(part) && trustNew) {
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

    // A new stream is taken at its word: if it is not new, the unique constraint finds out.
    private static boolean begins(StreamPart part) {
        return part.expected().sequence() < 0 && !part.events().isEmpty();
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
