package dev.purser.eventstore.writer;

import dev.purser.eventstore.log.HeadSignal;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lead over the log and what is known because of it: the durable heads and where the log ends. When the session is
 * lost all of it is unknown; when it is regained, what others wrote in between is noticed. Used by the writer's thread.
 */
final class Lead {

    private static final Logger LOG = LoggerFactory.getLogger(Lead.class);

    private final WriterLink link;
    private final DurableHeads heads;
    private final HeadSignal signal;
    private final Runnable onForeignEvents;
    private long knownEnd;
    private boolean endUnchecked;

    Lead(WriterLink link, DurableHeads heads, HeadSignal signal, Runnable onForeignEvents) {
        this.link = link;
        this.heads = heads;
        this.signal = signal;
        this.onForeignEvents = onForeignEvents;
    }

    WriterLink link() {
        return link;
    }

    DurableHeads heads() {
        return heads;
    }

    boolean isHeld() {
        return link.leads();
    }

    /** Takes the lead for the first time. */
    void take(Duration wait) throws SQLException, InterruptedException {
        link.takeLead(wait);
        stored();
        signal.setAuthoritative(true);
    }

    /** Takes the lead again if it was lost, waiting so long for whoever has it. */
    void retake(Duration wait) throws SQLException {
        if (link.leads()) {
            return;
        }
        try {
            link.takeLead(wait);
        } catch (InterruptedException e) {
            throw new SQLException("interrupted while connecting", e);
        }
        endUnchecked = true;
        signal.setAuthoritative(true);
    }

    /**
     * After the lead was retaken: whether a plan that was being stored when it was lost is stored after all. Whatever
     * else the log has gained came from somebody else.
     */
    boolean foundStored(@Nullable FlushPlan brokenOff) throws SQLException {
        if (!endUnchecked) {
            return false;
        }
        boolean isStored = brokenOff != null && link.isStored(brokenOff);
        long expectedEnd = knownEnd + (isStored && brokenOff != null ? brokenOff.events() : 0);
        if (link.lastPosition() != expectedEnd) {
            LOG.warn("the log ends at {}, not at {}: cached state is discarded", link.lastPosition(), expectedEnd);
            onForeignEvents.run();
        }
        stored();
        endUnchecked = false;
        return isStored;
    }

    /** The plan is stored, and with it the log has grown. */
    void stored(FlushPlan plan) {
        link.stored(plan);
        stored();
    }

    /** The log has grown up to the link's last position. */
    void stored() {
        knownEnd = link.lastPosition();
        signal.advanceTo(knownEnd);
    }

    /** What was known because of the lead is not, any more; the session stays open, to take the lead with it later. */
    void follow() {
        heads.forgetAll();
        signal.setAuthoritative(false);
    }

    /** Gives the lead up, or accepts that it is lost. */
    void lose() {
        link.drop();
        heads.forgetAll();
        signal.setAuthoritative(false);
    }
}
