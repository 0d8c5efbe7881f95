package dev.purser.projection.books;

import dev.purser.domain.Money;
import dev.purser.domain.books.AccountKind;
import dev.purser.domain.books.Posting;
import dev.purser.domain.books.Postings;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** An amount per kind of account, debit positive. Sums are exact; not thread-safe. */
public final class Amounts {
    static final List<AccountKind> KINDS = List.of(AccountKind.values());

    /** Those that are not zero. */
    private final Map<AccountKind, Long> nanos = new EnumMap<>(AccountKind.class);

    /** What an event posted, one amount per account. */
    public static Amounts of(Object event) {
        Amounts amounts = new Amounts();
        for (Posting posting : Postings.of(event)) {
            amounts.add(posting.account(), posting.amount().nanos());
        }
        return amounts;
    }

    void add(AccountKind kind, long more) {
        long sum = Math.addExact(nanos(kind), more);
        if (sum == 0) {
            nanos.remove(kind);
        } else {
            nanos.put(kind, sum);
        }
    }

    void add(Amounts more) {
        more.nanos.forEach(this::add);
    }

    public Money of(AccountKind kind) {
        return new Money(nanos(kind));
    }

    long nanos(AccountKind kind) {
        return nanos.getOrDefault(kind, 0L);
    }

    /** Nothing was posted to any account. */
    public boolean isEmpty() {
        return nanos.isEmpty();
    }
}
