/** The assembled ledger engine: commands in, durable answers out, and the failures a caller can meet. */
@NullMarked
package dev.purser.eventstore;

import org.jspecify.annotations.NullMarked;
