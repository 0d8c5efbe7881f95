/** How ledger values are written in answers. */
@NullMarked
package dev.purser.edge.wire;

import org.jspecify.annotations.NullMarked;
