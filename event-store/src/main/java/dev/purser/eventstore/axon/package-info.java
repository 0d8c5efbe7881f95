/** Axon's extension points on the ledger: storage engine, event store, repository and command bus. */
@NullMarked
package dev.purser.eventstore.axon;

import org.jspecify.annotations.NullMarked;
