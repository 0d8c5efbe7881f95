package dev.purser.projection.engine;

import java.util.List;

/**
 * What the comparison of a live table with the rebuilt one found.
 *
 * @param onlyLive rows that the rebuilt table lacks
 * @param onlyNext rows that the live table lacks
 * @param differing rows that are in both, and not the same
 * @param sample keys of some of all these, at most 10
 */
public record TableComparison(
        String table, long liveRows, long nextRows, long onlyLive, long onlyNext, long differing, List<String> sample) {
    public boolean isEqual() {
        return onlyLive + onlyNext + differing == 0;
    }
}
