/** The single writer: judges queued appends against durable heads and stores them in groups, one commit each. */
@NullMarked
package dev.purser.eventstore.writer;

import org.jspecify.annotations.NullMarked;
