/** The receipt of each metered call of the gateway, from its hold to its bill. */
@NullMarked
package dev.purser.projection.request;

import org.jspecify.annotations.NullMarked;
