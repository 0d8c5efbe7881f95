/** The rules of every route: who calls, how errors look, how money and idempotency keys are read. */
@NullMarked
package dev.purser.edge;

import org.jspecify.annotations.NullMarked;
