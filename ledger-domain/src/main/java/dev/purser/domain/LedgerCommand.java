package dev.purser.domain;

/**
 * A wish to change the ledger; one sealed family per aggregate. Complete: ids and times come in, nothing is made up inside.
 *
 * @param <R> what the decision answers
 */
public interface LedgerCommand<R> {
    /** The stream whose state decides; of several, the first. */
    String streamId();
}
