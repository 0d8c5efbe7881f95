package dev.purser.eventstore.writer;

import java.time.Duration;

/**
 * Limits of the writer.
 *
 * @param batchAppends the most appends stored by one commit
 * @param batchBytes about the most bytes stored by one commit
 * @param knownHeads of how many streams the last stored event is remembered
 * @param leadWait how long a start waits for another process to give up the lead
 * @param standby whether another process may have the lead: this one then waits for it in the background, and ends a
 *     leader's session from which the database has not heard for a while
 * @param recoverFor how long one broken connection may take to be replaced before callers are answered without it
 */
public record WriterSettings(
        int batchAppends, long batchBytes, int knownHeads, Duration leadWait, boolean standby, Duration recoverFor) {}
