@NullMarked
package dev.purser.projection.expiry;

import org.jspecify.annotations.NullMarked;
