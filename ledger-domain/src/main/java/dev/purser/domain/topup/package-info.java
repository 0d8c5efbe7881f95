/** A top-up: a quote, its payment, and whatever of the payment goes back later. */
@NullMarked
package dev.purser.domain.topup;

import org.jspecify.annotations.NullMarked;
