package dev.purser.eventstore.writer;

import dev.purser.eventstore.append.Append;
import dev.purser.eventstore.append.QueuedEvent;
import dev.purser.eventstore.append.StreamHead;
import dev.purser.eventstore.append.StreamPart;
import dev.purser.eventstore.inline.InlineChanges;
import dev.purser.eventstore.inline.InlineRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The judgement on the next appends: which are stored together, which are refused, the heads that result, and the rows to
 * be written, laid out as they were accepted.
 */
final class FlushPlan {

    final List<Append> judged = new ArrayList<>();
    final List<Append> accepted = new ArrayList<>();
    final Map<Append, RuntimeException> refused = new LinkedHashMap<>();
    final Map<String, StreamHead> heads = new HashMap<>();
    final InlineChanges inline = new InlineChanges();
    final EventCopy rows;
    private final Map<InlineRow, Append> claimants = new HashMap<>();
    private long bytes;
    private int events;

    // Where to look whether it was stored, if the connection breaks around the commit.
    final long firstPosition;
    final Instant recordedAt;

    @Nullable
    UUID firstEvent;

    // Set once the transaction has its number; only asked for when no event can tell whether it was committed.
    @Nullable
    String transactionId;

    FlushPlan(EventCopy rows, long firstPosition, Instant recordedAt) {
        this.rows = rows;
        this.firstPosition = firstPosition;
        this.recordedAt = recordedAt;
        rows.begin(firstPosition, recordedAt);
    }

    /** How many appends it judges. */
    int size() {
        return judged.size();
    }

    /** About how many bytes it stores. */
    long bytes() {
        return bytes;
    }

    /** How many events it stores. */
    int events() {
        return events;
    }

    void refuse(Append append, RuntimeException why) {
        judged.add(append);
        refused.put(append, why);
    }

    void accept(Append append) {
        judged.add(append);
        accepted.add(append);
        bytes += append.bytes();
        for (StreamPart part : append.parts()) {
            for (QueuedEvent event : part.events()) {
                if (firstEvent == null) {
                    firstEvent = event.eventId();
                }
                rows.add(event);
                events++;
            }
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

    /** Whether there is nothing to store. */
    boolean isEmpty() {
        return events == 0 && inline.isEmpty();
    }
}
