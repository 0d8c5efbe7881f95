/** Prices as exact decimals, and the one place where usage becomes money. */
@NullMarked
package dev.purser.domain.pricing;

import org.jspecify.annotations.NullMarked;
