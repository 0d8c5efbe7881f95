package dev.purser.sandbox.control;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What goes wrong next. Kept in memory only. Thread-safe. */
final class Faults {
    private final List<Fault> faults = new ArrayList<>();

    synchronized void add(Fault fault) {
        faults.add(fault);
    }

    synchronized void clear() {
        faults.clear();
    }

    synchronized List<Fault> all() {
        return List.copyOf(faults);
    }

    /** The first fault that hits this request, which uses it up once. */
    synchronized @Nullable Fault take(String method, String path) {
        for (int i = 0; i < faults.size(); i++) {
            Fault fault = faults.get(i);
            if (fault.hits(method, path)) {
                Fault left = fault.used();
                if (left.times() == 0) {
                    faults.remove(i);
                } else {
                    faults.set(i, left);
                }
                return fault;
            }
        }
        return null;
    }
}
