/** Real money in and out through Stripe. */
@NullMarked
package dev.purser.payments;

import org.jspecify.annotations.NullMarked;
