/** The ledger engine measured against a plain row update, on one PostgreSQL; {@code bench/run} starts it. */
@NullMarked
package dev.purser.bench;

import org.jspecify.annotations.NullMarked;
