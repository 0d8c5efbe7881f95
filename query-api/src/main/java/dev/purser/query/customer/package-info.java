/** Customers, listed, searched and shown. */
@NullMarked
package dev.purser.query.customer;

import org.jspecify.annotations.NullMarked;
