package dev.purser.eventstore.codec;

import dev.purser.eventstore.codec.EventTypes.StoredType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Steps that turn the JSON of events as they were once stored into the JSON of the revisions that have classes. They run
 * whenever such an event is decoded; what is stored, and its hash, stays as it is. Immutable.
 */
public final class Upcasters {

    private final Map<StoredType, Path> paths;

    private Upcasters(Map<StoredType, Path> paths) {
        this.paths = Map.copyOf(paths);
    }

    /** All steps from an old revision, and the class that the last of them leads to. */
    record Path(List<UnaryOperator<ObjectNode>> steps, Class<?> eventClass) {

        ObjectNode apply(ObjectNode stored) {
            ObjectNode json = stored;
            for (UnaryOperator<ObjectNode> step : steps) {
                json = step.apply(json);
            }
            return json;
        }
    }

    private record Step(StoredType to, UnaryOperator<ObjectNode> change) {}

    /** No steps. */
    public static Upcasters none() {
        return new Upcasters(Map.of());
    }

    /** Starts an empty collection of steps. */
    public static Builder builder() {
        return new Builder();
    }

    @Nullable
    Path from(StoredType stored) {
        return paths.get(stored);
    }

    /** Collects steps; what cannot work is refused when they are added or built, not when an event is met. */
    public static final class Builder {

        private final Map<StoredType, Step> steps = new HashMap<>();

        private Builder() {}

        /** From one revision of an event to the next one. */
        public Builder add(String type, int revision, UnaryOperator<ObjectNode> change) {
            return add(type, revision, type, revision + 1, change);
        }

        /**
         * From one name and revision to another.
         *
         * @param change gets a tree of its own, which it may change and return
         */
        public Builder add(String type, int revision, String toType, int toRevision, UnaryOperator<ObjectNode> change) {
            StoredType from = EventTypes.checked(type, revision);
            StoredType to = EventTypes.checked(toType, toRevision);
            if (steps.putIfAbsent(from, new Step(to, change)) != null) {
                throw new IllegalArgumentException("two steps lead from " + from);
            }
            return this;
        }

        /** The finished steps, every one of which must lead to a class of the registry. */
        public Upcasters build(EventTypes types) {
            Map<StoredType, Path> paths = new HashMap<>();
            for (StoredType from : steps.keySet()) {
                if (types.find(from) != null) {
                    throw new IllegalArgumentException(
                            from + " has a class, so events of it are never changed by the step from it");
                }
                paths.put(from, path(from, types));
            }
            return new Upcasters(paths);
        }

        private Path path(StoredType from, EventTypes types) {
            List<UnaryOperator<ObjectNode>> changes = new ArrayList<>();
            Set<StoredType> seen = new HashSet<>();
            StoredType reached = from;
            Class<?> eventClass = null;
            while (eventClass == null) {
                Step step = steps.get(reached);
                if (step == null) {
                    throw new IllegalArgumentException(
                            "the steps from " + from + " end at " + reached + ", which has neither a class nor a step");
                }
                if (!seen.add(reached)) {
                    throw new IllegalArgumentException("the steps from " + from + " go round in a circle");
                }
                changes.add(step.change());
                reached = step.to();
                eventClass = types.find(reached);
            }
            return new Path(List.copyOf(changes), eventClass);
        }
    }
}
