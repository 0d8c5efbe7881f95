/** Payouts of margin and how far each has come. */
@NullMarked
package dev.purser.projection.payout;

import org.jspecify.annotations.NullMarked;
