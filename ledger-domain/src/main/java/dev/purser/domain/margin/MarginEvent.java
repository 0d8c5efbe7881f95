package dev.purser.domain.margin;

import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.PayoutId;
import dev.purser.domain.TopUpId;
import java.time.LocalDate;

/**
 * What happened to a margin account. {@code balance} is the account's money after the event; negative when what was paid
 * out already is clawed back.
 */
public sealed interface MarginEvent {
    record MarginAccountOpened(OrganizationId organizationId, Mode mode) implements MarginEvent {}

    /** {@code day}: the UTC day on which the top-up was settled, also when a won dispute gives it back. */
    record MarginAccrued(TopUpId topUpId, Money amount, Money balance, LocalDate day) implements MarginEvent {}

    /** {@code day}: the UTC day on which it had accrued. */
    record MarginClawedBack(TopUpId topUpId, Money amount, Money balance, LocalDate day) implements MarginEvent {}

    record MarginReserved(PayoutId payoutId, Money amount, Money balance) implements MarginEvent {}

    record MarginRestored(PayoutId payoutId, Money amount, Money balance) implements MarginEvent {}
}
