@NullMarked
package dev.purser.projection.wallet;

import org.jspecify.annotations.NullMarked;
