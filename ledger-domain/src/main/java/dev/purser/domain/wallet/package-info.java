/** A wallet: the money of one customer, its holds, and the spend caps of its sessions. */
@NullMarked
package dev.purser.domain.wallet;

import org.jspecify.annotations.NullMarked;
