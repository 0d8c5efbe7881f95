package dev.purser.eventstore;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Who wants to know when this process begins or ceases to lead. Thread-safe. */
final class LeadListeners implements Consumer<Boolean> {

    private final List<Consumer<Boolean>> listeners = new CopyOnWriteArrayList<>();

    void add(Consumer<Boolean> listener) {
        listeners.add(listener);
    }

    @Override
    public void accept(Boolean leads) {
        listeners.forEach(listener -> listener.accept(leads));
    }
}
