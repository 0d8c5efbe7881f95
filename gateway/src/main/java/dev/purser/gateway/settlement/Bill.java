package dev.purser.gateway.settlement;

import dev.purser.domain.Money;

/** What a call cost and what the wallet paid for it; the difference is a recorded loss. */
public record Bill(Money cost, Money charged) {}
