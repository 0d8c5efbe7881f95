package dev.purser.query.audit;

import dev.purser.domain.Money;
import dev.purser.projection.books.Account;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one event posted, or the balances that a journal begins with.
 *
 * @param eventId null for the balances at the beginning
 * @param postings none of them zero; they sum up to zero
 */
record Transaction(
        long position, @Nullable UUID eventId, Instant time, String type, SortedMap<Account, Money> postings) {
    /** In UTC, as all days of the books. */
    LocalDate date() {
        return dateOf(time);
    }

    static LocalDate dateOf(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }
}
