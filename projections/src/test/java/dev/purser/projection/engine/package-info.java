@NullMarked
package dev.purser.projection.engine;

import org.jspecify.annotations.NullMarked;
