/** Margin accounts and their entries: what accrued, was clawed back, went into payouts. */
@NullMarked
package dev.purser.projection.margin;

import org.jspecify.annotations.NullMarked;
