/** Customers with their profile and lifetime figures, to be listed and searched by their project. */
@NullMarked
package dev.purser.projection.customer;

import org.jspecify.annotations.NullMarked;
