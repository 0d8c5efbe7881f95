package dev.purser.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.MemoryLedger.Recorded;
import dev.purser.domain.books.AccountKind;
import dev.purser.domain.books.Posting;
import dev.purser.domain.books.Postings;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The books of a log as they grow, one account per kind, and per kind and stream. */
final class Books {
    private final Map<AccountKind, Money> totals = new EnumMap<>(AccountKind.class);
    private final Map<String, Money> ofStreams = new HashMap<>();

    /** Books an append; asserts that each event balances and that nothing stays between the streams. */
    void book(List<Recorded> append, String context) {
        for (Recorded recorded : append) {
            Money sum = Money.ZERO;
            for (Posting posting : Postings.of(recorded.event())) {
                assertThat(posting.amount().isZero())
                        .as("%s: empty posting of %s", context, recorded)
                        .isFalse();
                sum = sum.plus(posting.amount());
                totals.merge(posting.account(), posting.amount(), Money::plus);
                ofStreams.merge(key(posting.account(), recorded.stream()), posting.amount(), Money::plus);
            }
            assertThat(sum).as("%s: postings of %s", context, recorded).isEqualTo(Money.ZERO);
        }
        assertThat(total(AccountKind.TOPUPS_SETTLING))
                .as("%s: after %s", context, append)
                .isEqualTo(Money.ZERO);
    }

    Money total(AccountKind account) {
        return totals.getOrDefault(account, Money.ZERO);
    }

    Money of(AccountKind account, String stream) {
        return ofStreams.getOrDefault(key(account, stream), Money.ZERO);
    }

    private static String key(AccountKind account, String stream) {
        return account + " " + stream;
    }
}
