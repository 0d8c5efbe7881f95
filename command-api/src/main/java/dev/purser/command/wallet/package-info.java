/** A backend moves money of one wallet at once: credits, debits, freezes. */
@NullMarked
package dev.purser.command.wallet;

import org.jspecify.annotations.NullMarked;
