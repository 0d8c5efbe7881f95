/** Read models: numbers that can be thrown away and replayed from the events. */
@NullMarked
package dev.purser.projection;

import org.jspecify.annotations.NullMarked;
