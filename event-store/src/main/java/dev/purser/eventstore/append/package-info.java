/** What a decision hands to the writer: events chained to their stream's tail, queued in bounded space. */
@NullMarked
package dev.purser.eventstore.append;

import org.jspecify.annotations.NullMarked;
