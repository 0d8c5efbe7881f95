/** How much a call may use at most, and how much it did use. */
@NullMarked
package dev.purser.gateway.metering;

import org.jspecify.annotations.NullMarked;
