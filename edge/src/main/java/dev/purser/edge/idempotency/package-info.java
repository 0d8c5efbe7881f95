/** The same request again gets the same answer again, across crashes and nodes. */
@NullMarked
package dev.purser.edge.idempotency;

import org.jspecify.annotations.NullMarked;
