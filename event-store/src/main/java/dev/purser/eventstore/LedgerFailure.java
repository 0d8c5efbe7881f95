package dev.purser.eventstore;

import org.jspecify.annotations.Nullable;

/**
 * A command failed in the ledger itself and not by a rule of the domain. Sealed, so that an edge can map every kind.
 * Except for {@link OutcomeUnknown}, nothing of the command was stored.
 */
public abstract sealed class LedgerFailure extends RuntimeException
        permits LedgerOverloaded, LedgerUnavailable, NotLeading, OutcomeUnknown, UniqueClaimViolated {

    private static final long serialVersionUID = 1L;

    LedgerFailure(String message, @Nullable Throwable cause, boolean withStackTrace) {
        super(message, cause, false, withStackTrace);
    }
}
