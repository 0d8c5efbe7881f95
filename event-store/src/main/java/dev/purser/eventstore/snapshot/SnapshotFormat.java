package dev.purser.eventstore.snapshot;

import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * How the state of an aggregate is taken out and put back.
 *
 * @param name names the state, 1 to 40 characters
 * @param version counts its forms, from 1: raise it whenever the state has another form <em>or another meaning</em>.
 *     Snapshots of another version are ignored and replaced in time
 * @param stateType what is written as JSON, a record
 * @param stateOf takes the state out, under the aggregate's lock: quick, and what it returns never changes afterwards
 * @param aggregateOf makes the aggregate of a stream id and a state; throws what it likes when the state makes no sense
 * @param <T> the aggregate
 * @param <S> its state
 */
public record SnapshotFormat<T, S>(
        String name, int version, Class<S> stateType, Function<T, S> stateOf, BiFunction<String, S, T> aggregateOf) {

    private static final int LONGEST_NAME = 40;

    /** Checks the name and the version. */
    public SnapshotFormat {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("a snapshot format's name has 1 to 40 characters: '" + name + "'");
        }
        if (version < 1) {
            throw new IllegalArgumentException("version of " + name + " must be at least 1, but is " + version);
        }
    }

    /** Name and version as they are stored. */
    String stored() {
        return name + "/" + version;
    }
}
