@NullMarked
package dev.purser.projection.access;

import org.jspecify.annotations.NullMarked;
