package dev.purser.eventstore.writer;

import dev.purser.eventstore.append.Append;
import dev.purser.eventstore.append.QueuedEvent;
import dev.purser.eventstore.append.StreamHead;
import dev.purser.eventstore.append.StreamPart;
import dev.purser.eventstore.inline.InlineChanges;
import dev.purser.eventstore.inline.InlineRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The judgement on the next appends: which are stored together, which are refused, and the heads that result. */
final class FlushPlan {

    final List<Append> accepted = new ArrayList<>();
    final List<QueuedEvent> events = new ArrayList<>();
    final Map<Append, RuntimeException> refused = new LinkedHashMap<>();
    final Map<String, StreamHead> heads = new HashMap<>();
    final InlineChanges inline = new InlineChanges();
    private final Map<InlineRow, Append> claimants = new HashMap<>();

    // Set when storing begins: where to look whether it was stored, if the connection breaks around the commit.
    long firstPosition;

    // Set once the transaction has its number; only asked for when no event can tell whether it was committed.
    @Nullable
    String transactionId;

    int size() {
        return accepted.size() + refused.size();
    }

    void refuse(Append append, RuntimeException why) {
        refused.put(append, why);
    }

    void accept(Append append) {
        accepted.add(append);
        for (StreamPart part : append.parts()) {
            events.addAll(part.events());
            heads.put(part.stream(), part.headAfter());
        }
        inline.take(append.rows());
        for (InlineRow row : append.rows()) {
            claimants.put(row, append);
        }
    }

    Append claimantOf(InlineRow row) {
        Append claimant = claimants.get(row);
        if (claimant == null) {
            throw new IllegalStateException("a row of " + row.table() + " belongs to no append of this flush");
        }
        return claimant;
    }

    boolean isEmpty() {
        return events.isEmpty() && inline.isEmpty();
    }
}
