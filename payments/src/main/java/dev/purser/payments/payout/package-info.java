/** Margin on its way out: reserved, transferred, confirmed or restored. */
@NullMarked
package dev.purser.payments.payout;

import org.jspecify.annotations.NullMarked;
