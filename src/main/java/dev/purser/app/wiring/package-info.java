/** Which part is handed which: every bean of the ledger, the edges and the gateway, and the order they start and stop in. */
@NullMarked
package dev.purser.app.wiring;

import org.jspecify.annotations.NullMarked;
