/** Stripe's own records, held against ours. */
@NullMarked
package dev.purser.payments.reconciliation;

import org.jspecify.annotations.NullMarked;
