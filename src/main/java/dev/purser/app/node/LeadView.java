package dev.purser.app.node;

import org.jspecify.annotations.Nullable;

/**
 * What one node tells another about the lead.
 *
 * @param nodeId who tells
 * @param leading whether it leads itself
 * @param couldLead whether it reaches the database
 * @param lead who leads as far as it knows
 */
record LeadView(
        String nodeId,
        boolean leading,
        boolean couldLead,
        @Nullable Lead lead) {}
