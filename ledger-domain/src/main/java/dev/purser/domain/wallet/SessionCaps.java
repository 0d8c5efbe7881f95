package dev.purser.domain.wallet;

import dev.purser.domain.Money;
import dev.purser.domain.Rejection.SessionCapReached;
import dev.purser.domain.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The counters of the capped sessions of one wallet: spent + held never exceeds the cap. Counters of sessions that
 * ended long ago are forgotten, so that the state stays small.
 */
final class SessionCaps {
    private static final Duration KEPT_AFTER_END = Duration.ofHours(24);
    private static final int PRUNE_ABOVE = 64;

    record Counter(SessionCap cap, Money spent, Money held) {
        private Money left() {
            return cap.max().minus(spent).minus(held).max(Money.ZERO);
        }
    }

    private final Map<SessionId, Counter> counters = new HashMap<>();
    private int pruneAbove;

    SessionCaps() {
        this(Map.of(), PRUNE_ABOVE);
    }

    SessionCaps(Map<SessionId, Counter> counters, int pruneAbove) {
        this.counters.putAll(counters);
        this.pruneAbove = pruneAbove;
    }

    /** A view. */
    Map<SessionId, Counter> counters() {
        return counters;
    }

    int pruneAbove() {
        return pruneAbove;
    }

    void requireRoom(SessionId session, SessionCap cap, Money amount) {
        Counter counter = counters.get(session);
        Money left = counter == null ? cap.max() : counter.left();
        if (amount.exceeds(left)) {
            throw new SessionCapReached(amount, left).asException();
        }
    }

    /** What a capture may take beyond its hold; null: the session has no cap. */
    @Nullable
    Money left(@Nullable SessionId session) {
        Counter counter = session == null ? null : counters.get(session);
        return counter == null ? null : counter.left();
    }

    void hold(SessionId session, SessionCap cap, Money amount, Instant holdExpiresAt) {
        Counter before = counters.get(session);
        counters.put(
                session,
                before == null
                        ? new Counter(cap, Money.ZERO, amount)
                        : new Counter(cap, before.spent(), before.held().plus(amount)));
        if (counters.size() > pruneAbove) {
            prune(holdExpiresAt);
        }
    }

    void close(@Nullable SessionId session, Money held, Money charged) {
        if (session != null) {
            counters.computeIfPresent(
                    session,
                    (id, before) -> new Counter(
                            before.cap(),
                            before.spent().plus(charged),
                            before.held().minus(held)));
        }
    }

    private void prune(Instant now) {
        Instant endedBefore = now.minus(KEPT_AFTER_END);
        counters.values()
                .removeIf(counter ->
                        counter.held().isZero() && counter.cap().until().isBefore(endedBefore));
        pruneAbove = Math.max(PRUNE_ABOVE, counters.size() * 2);
    }
}
