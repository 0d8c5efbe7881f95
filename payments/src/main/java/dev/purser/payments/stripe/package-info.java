/** Stripe in the ledger's terms: one client per mode, amounts as {@link dev.purser.domain.Money}, failures by what they say about the outcome. */
@NullMarked
package dev.purser.payments.stripe;

import org.jspecify.annotations.NullMarked;
