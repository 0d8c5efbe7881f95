@NullMarked
package dev.purser.projection.entry;

import org.jspecify.annotations.NullMarked;
