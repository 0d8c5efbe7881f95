package dev.purser.domain.margin;

import dev.purser.domain.Money;
import dev.purser.domain.PayoutId;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything a margin account's rules read, as one immutable value: what a long stream of events comes to. Its JSON is a
 * cache's and no contract, but a change of its form or meaning needs another {@link #VERSION}.
 *
 * @param accrued per UTC day of about the last year, what was clawed back subtracted
 */
public record MarginSnapshot(
        MarginId id,
        Money balance,
        SortedMap<LocalDate, Money> accrued,
        @Nullable PayoutId lastPayout) {
    /** The version of form and meaning. */
    public static final int VERSION = 1;

    /** Copies the collection. */
    public MarginSnapshot {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(balance, "balance");
        accrued = Collections.unmodifiableSortedMap(new TreeMap<>(accrued));
    }
}
