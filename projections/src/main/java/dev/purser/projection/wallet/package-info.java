/** What a wallet has, now and at any position of the log: balance, held money, lifetime figures, reasons to be frozen. */
@NullMarked
package dev.purser.projection.wallet;

import org.jspecify.annotations.NullMarked;
