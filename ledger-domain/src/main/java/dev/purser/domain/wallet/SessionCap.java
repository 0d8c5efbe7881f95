package dev.purser.domain.wallet;

import dev.purser.domain.Money;
import java.time.Instant;

/**
 * The spend cap of a session, decided in its wallet's stream together with the money.
 *
 * @param until when the session ends for good; its counter may be forgotten some time after
 */
public record SessionCap(Money max, Instant until) {}
