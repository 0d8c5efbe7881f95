/** Follows the log and hands it to the projections: batch by batch, each in one transaction with its position. */
@NullMarked
package dev.purser.projection.engine;

import org.jspecify.annotations.NullMarked;
