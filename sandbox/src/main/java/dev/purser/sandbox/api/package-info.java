/** Stripe's HTTP rules: keys, form-encoded parameters, errors, idempotency, lists and expansion. */
@NullMarked
package dev.purser.sandbox.api;

import org.jspecify.annotations.NullMarked;
