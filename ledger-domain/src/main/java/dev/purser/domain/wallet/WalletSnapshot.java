package dev.purser.domain.wallet;

import dev.purser.domain.CustomerId;
import dev.purser.domain.HoldId;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.SessionId;
import dev.purser.domain.TopUpId;
import dev.purser.domain.WalletId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Everything a wallet's rules read, as one immutable value: what a long stream of events comes to. What is held is not in
 * it, because it is the sum of the open holds. Its JSON is a cache's and no contract, but a change of its form or meaning
 * needs another {@link #VERSION}.
 *
 * @param late the expired holds that may still be billed, the oldest first
 * @param pruneCapsAbove how many sessions' counters are kept before old ones are looked for
 * @param claims what reversals wait for that fell short because of holds, the oldest first
 * @param recovered what such claims have got of each top-up
 */
public record WalletSnapshot(
        WalletId id,
        CustomerId customerId,
        Mode mode,
        Money balance,
        Map<HoldId, Hold> open,
        Map<HoldId, Hold> late,
        Map<SessionId, SessionCaps.Counter> caps,
        int pruneCapsAbove,
        Set<FreezeReason> frozenFor,
        Map<TopUpId, Money> claims,
        Map<TopUpId, Money> recovered,
        WalletTerms terms) {
    /** The version of form and meaning. */
    public static final int VERSION = 2;

    /** Copies the collections; refuses what no wallet can be. */
    public WalletSnapshot {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(customerId, "customerId");
        Objects.requireNonNull(mode, "mode");
        open = copy(open);
        late = copy(late);
        caps = copy(caps);
        frozenFor = Collections.unmodifiableSet(new LinkedHashSet<>(frozenFor));
        claims = copy(claims);
        recovered = copy(recovered);
        Objects.requireNonNull(terms, "terms");
        if (balance.isNegative() || held(open).exceeds(balance)) {
            throw new IllegalArgumentException("a wallet's balance covers what is held");
        }
    }

    Money held() {
        return held(open);
    }

    private static Money held(Map<HoldId, Hold> holds) {
        Money sum = Money.ZERO;
        for (Hold hold : holds.values()) {
            sum = sum.plus(hold.amount());
        }
        return sum;
    }

    private static <K, V> Map<K, V> copy(Map<K, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
