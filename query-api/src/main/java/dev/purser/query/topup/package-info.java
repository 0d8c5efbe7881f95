/** Top-ups, as a wallet's owner and backend list them, and payments that an operator has to look at. */
@NullMarked
package dev.purser.query.topup;

import org.jspecify.annotations.NullMarked;
