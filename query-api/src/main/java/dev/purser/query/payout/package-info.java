/** The payouts of an organization, as its backends see them. */
@NullMarked
package dev.purser.query.payout;

import org.jspecify.annotations.NullMarked;
