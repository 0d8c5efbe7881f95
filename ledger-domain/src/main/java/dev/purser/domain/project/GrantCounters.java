package dev.purser.domain.project;

import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.Rejection.GrantLimitExceeded;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a project's backend has credited on the latest day, per mode. */
final class GrantCounters {
    private record Granted(LocalDate day, Money amount) {}

    private final Map<Mode, Granted> granted = new EnumMap<>(Mode.class);

    void require(Mode mode, Money amount, LocalDate day, @Nullable Money dailyLimit) {
        if (dailyLimit == null) {
            return;
        }
        Money left = dailyLimit.minus(on(mode, day)).max(Money.ZERO);
        if (amount.exceeds(left)) {
            throw new GrantLimitExceeded(dailyLimit, left).asException();
        }
    }

    /** Two nodes' clocks may disagree about midnight: the later day counts. */
    void add(Mode mode, Money amount, LocalDate day) {
        Granted before = granted.get(mode);
        LocalDate later = before != null && before.day().isAfter(day) ? before.day() : day;
        granted.put(mode, new Granted(later, on(mode, later).plus(amount)));
    }

    private Money on(Mode mode, LocalDate day) {
        Granted latest = granted.get(mode);
        return latest == null || latest.day().isBefore(day) ? Money.ZERO : latest.amount();
    }
}
