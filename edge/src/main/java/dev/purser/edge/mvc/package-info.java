/** How all of it is plugged into Spring MVC. */
@NullMarked
package dev.purser.edge.mvc;

import org.jspecify.annotations.NullMarked;
