/** The sandbox's own routes, by which a test makes things happen that Stripe and networks do by themselves. */
@NullMarked
package dev.purser.sandbox.control;

import org.jspecify.annotations.NullMarked;
