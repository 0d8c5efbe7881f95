package dev.purser.eventstore;

import java.time.Duration;

/**
 * The bounds of an engine.
 *
 * @param queuedAppends the most commands whose events are queued or being written; beyond, {@link LedgerOverloaded}
 * @param queuedBytes the most bytes queued or being written; beyond, {@link LedgerOverloaded}
 * @param batchAppends the most commands stored by one commit
 * @param batchBytes about the most bytes stored by one commit
 * @param cachedAggregates about how many aggregates are kept in memory
 * @param knownHeads of how many streams the writer remembers the last event
 * @param attempts how many times one command is decided when others get in its way
 * @param leadWait how long a start waits for another process to give up writing
 * @param recoverFor how long callers wait, at most, while a broken connection is replaced
 * @param snapshotEvery after how many events of a stream a snapshot of its state is taken, where its aggregate has any
 */
public record EngineLimits(
        int queuedAppends,
        long queuedBytes,
        int batchAppends,
        long batchBytes,
        int cachedAggregates,
        int knownHeads,
        int attempts,
        Duration leadWait,
        Duration recoverFor,
        int snapshotEvery) {

    /** Checks that every bound is positive. */
    public EngineLimits {
        if (queuedAppends < 1
                || queuedBytes < 1
                || batchAppends < 1
                || batchBytes < 1
                || cachedAggregates < 1
                || knownHeads < 1
                || attempts < 1
                || leadWait.isNegative()
                || recoverFor.isNegative()
                || snapshotEvery < 1) {
            throw new IllegalArgumentException("every limit of the ledger engine must be positive");
        }
    }

    /** Bounds for one process with some hundreds of megabytes of heap. */
    public static EngineLimits defaults() {
        return new EngineLimits(
                16_384,
                64L * 1024 * 1024,
                1_024,
                8L * 1024 * 1024,
                20_000,
                100_000,
                32,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                500);
    }
}
