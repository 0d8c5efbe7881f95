package dev.purser.query.audit;

import dev.purser.domain.Mode;
import dev.purser.domain.OrganizationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which part of whose books a journal shows.
 *
 * @param from the time it begins with; null: it begins with the log
 * @param after the last position before it
 * @param upTo its last position
 */
record JournalPart(
        OrganizationId organizationId, Mode mode, @Nullable Instant from, long after, long upTo) {
    String title() {
        return "Purser, organization " + organizationId + ", " + mode.wireName() + " money";
    }

    String range() {
        return "events after position " + after + " up to " + upTo;
    }
}
