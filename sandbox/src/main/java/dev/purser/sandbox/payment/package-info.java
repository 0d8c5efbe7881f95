/** Money that comes in: customers, cards, payment intents, charges, refunds and disputes. */
@NullMarked
package dev.purser.sandbox.payment;

import org.jspecify.annotations.NullMarked;
