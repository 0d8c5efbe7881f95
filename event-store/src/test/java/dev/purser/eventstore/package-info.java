/** Tests of the ledger engine on a real PostgreSQL, with a small account as the sample aggregate. */
@NullMarked
package dev.purser.eventstore;

import org.jspecify.annotations.NullMarked;
