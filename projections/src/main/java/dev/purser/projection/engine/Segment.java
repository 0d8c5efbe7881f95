package dev.purser.projection.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A part of a projection's events, divided by the hash of their sequence key; numbers start at 0. */
record Segment(String projection, int number) {
    static List<Segment> of(Collection<Projection> projections) {
        List<Segment> segments = new ArrayList<>();
        for (Projection projection : projections) {
            for (int number = 0; number < projection.segments(); number++) {
                segments.add(new Segment(projection.name(), number));
            }
        }
        return segments;
    }

    /** Part of what is stored: positions are kept by it. */
    static int numberOf(Projection projection, ProjectedEvent event) {
        return numberOf(projection, projection.sequenceKey(event));
    }

    static int numberOf(Projection projection, String sequenceKey) {
        return Math.floorMod(sequenceKey.hashCode(), projection.segments());
    }
}
