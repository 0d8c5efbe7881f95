package dev.purser.eventstore.writer;

import dev.purser.eventstore.append.Append;
import dev.purser.eventstore.append.AppendQueue;
import dev.purser.eventstore.append.InFlight;
import dev.purser.eventstore.append.StreamPart;
import java.util.List;
import java.util.Map;

/** Gives appends their verdicts and frees what they held. */
final class Verdicts {

    private final AppendQueue queue;
    private final InFlight inFlight;

    Verdicts(AppendQueue queue, InFlight inFlight) {
        this.queue = queue;
        this.inFlight = inFlight;
    }

    void durable(List<Append> appends) {
        long bytes = 0;
        for (Append append : appends) {
            List<StreamPart> parts = append.parts();
            append.becomeDurable();
            forget(parts, append);
            bytes += append.bytes();
        }
        queue.release(appends.size(), bytes);
    }

    void failed(Append append, RuntimeException failure) {
        List<StreamPart> parts = append.parts();
        append.fail(failure);
        forget(parts, append);
        queue.release(1, append.bytes());
    }

    void failed(Map<Append, RuntimeException> failures) {
        failures.forEach(this::failed);
    }

    void failed(Iterable<Append> appends, RuntimeException failure) {
        appends.forEach(append -> failed(append, failure));
    }

    private void forget(List<StreamPart> parts, Append append) {
        for (StreamPart part : parts) {
            inFlight.forget(part.stream(), append);
        }
    }
}
