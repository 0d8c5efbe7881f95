/** An organization's account at Stripe, into which its margin is paid out. */
@NullMarked
package dev.purser.payments.connect;

import org.jspecify.annotations.NullMarked;
