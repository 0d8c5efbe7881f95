/** Read models on real PostgreSQL, fed by the real ledger. */
@NullMarked
package dev.purser.projection;

import org.jspecify.annotations.NullMarked;
