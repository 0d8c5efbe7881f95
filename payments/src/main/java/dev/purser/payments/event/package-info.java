/** What Stripe tells, and what it means for the ledger. */
@NullMarked
package dev.purser.payments.event;

import org.jspecify.annotations.NullMarked;
