/** A local server that speaks the part of Stripe's HTTP API that Purser and browsers need, with play money. */
@NullMarked
package dev.purser.sandbox;

import org.jspecify.annotations.NullMarked;
