/** A wallet's balance, now and at a time, and its account statement. */
@NullMarked
package dev.purser.query.wallet;

import org.jspecify.annotations.NullMarked;
