/** An end-user buys credits. */
@NullMarked
package dev.purser.payments.topup;

import org.jspecify.annotations.NullMarked;
