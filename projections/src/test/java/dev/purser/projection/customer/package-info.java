@NullMarked
package dev.purser.projection.customer;

import org.jspecify.annotations.NullMarked;
