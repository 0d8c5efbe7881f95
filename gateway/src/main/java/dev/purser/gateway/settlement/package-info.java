/** The money of a call under way: held before it starts, kept held while it runs, captured or released when it ends. */
@NullMarked
package dev.purser.gateway.settlement;

import org.jspecify.annotations.NullMarked;
