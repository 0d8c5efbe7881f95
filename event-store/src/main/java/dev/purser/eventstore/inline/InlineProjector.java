package dev.purser.eventstore.inline;

import java.util.List;

/**
 * Derives inline rows from events, on the thread of the command that made them. Must be pure: a command that lost a
 * race runs again, and its events are projected again.
 */
@FunctionalInterface
public interface InlineProjector {

    /** The rows that belong to the event, none for most. */
    List<InlineRow> rowsOf(NewEvent event);
}
