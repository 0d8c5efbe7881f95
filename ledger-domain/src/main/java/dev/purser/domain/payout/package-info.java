/** A payout: margin on its way to the organization's bank account. */
@NullMarked
package dev.purser.domain.payout;

import org.jspecify.annotations.NullMarked;
