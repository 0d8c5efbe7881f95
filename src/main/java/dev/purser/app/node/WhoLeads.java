package dev.purser.app.node;

import java.time.Duration;
import java.util.Optional;

/** Where commands are decided, as far as this node knows. Thread-safe. */
interface WhoLeads {

    /** Whether commands are decided here, now. */
    boolean isLeading();

    /** Another node that leads. */
    Optional<Lead> otherLead();

    /** Whether an answer of this lead is not to be waited for any more. */
    default boolean isOver(Lead lead) {
        return isLeading()
                || otherLead().filter(now -> !now.term().equals(lead.term())).isPresent();
    }

    /** Waits until more is known, at most so long. */
    void awaitNews(Duration atMost);
}
