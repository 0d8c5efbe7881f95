package dev.purser.eventstore.append;

import java.util.List;

/** The door to the writer: queues an append and moves the tails of its streams behind it, or does neither. */
public final class AppendIntake {

    private final AppendQueue queue;
    private final InFlight inFlight;

    /** An intake for a queue. */
    public AppendIntake(AppendQueue queue, InFlight inFlight) {
        this.queue = queue;
        this.inFlight = inFlight;
    }

    /** Fails if nothing could be queued now. Asked before a decision is made, so that no state is changed in vain. */
    public void requireRoom() {
        queue.requireRoom();
    }

    /** Queues the append. Called under the locks of all its streams. */
    public void submit(Append append) {
        // Read first: once the writer has decided, it lets go of the parts.
        List<StreamPart> parts = append.parts();
        queue.put(append);
        for (StreamPart part : parts) {
            if (!part.events().isEmpty()) {
                part.tail().advance(part.headAfter(), append);
                inFlight.remember(part.stream(), append);
            }
        }
    }
}
