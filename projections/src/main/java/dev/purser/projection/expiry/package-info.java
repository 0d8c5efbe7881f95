/** Closes holds that nobody captured, released or renewed in time. */
@NullMarked
package dev.purser.projection.expiry;

import org.jspecify.annotations.NullMarked;
