package dev.purser.projection.engine;

/**
 * What came of trying dead letters again.
 *
 * @param applied those that are in the rows now
 * @param left those that failed again or wait behind one that did
 */
public record RetryOutcome(long applied, long left) {}
