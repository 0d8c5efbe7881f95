package dev.purser.eventstore.writer;

import java.time.Duration;

/**
 * Limits of the writer.
 *
 * @param batchAppends the most appends stored by one commit
 * @param batchBytes about the most bytes stored by one commit
 * @param knownHeads of how many streams the last stored event is remembered
 * @param leadWait how long a start waits for another process to give up the lead
 * @param recoverFor how long one broken connection may take to be replaced before callers are answered without it
 */
public record WriterSettings(
        int batchAppends, long batchBytes, int knownHeads, Duration leadWait, Duration recoverFor) {}
