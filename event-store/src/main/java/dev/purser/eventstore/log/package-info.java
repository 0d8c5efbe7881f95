/** The log as it is stored and read: events, their hashes, their metadata, and the position readers have reached. */
@NullMarked
package dev.purser.eventstore.log;

import org.jspecify.annotations.NullMarked;
