/** A request as controllers see it: caller, bounded body, fields, idempotency key. */
@NullMarked
package dev.purser.edge.request;

import org.jspecify.annotations.NullMarked;
