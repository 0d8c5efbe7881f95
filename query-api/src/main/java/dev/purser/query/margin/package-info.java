/** The margin account of an organization, as its backends see it. */
@NullMarked
package dev.purser.query.margin;

import org.jspecify.annotations.NullMarked;
