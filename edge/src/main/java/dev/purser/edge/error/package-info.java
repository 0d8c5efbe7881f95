/** Every way a request can fail, turned into one of the two shapes of the contract in one place. */
@NullMarked
package dev.purser.edge.error;

import org.jspecify.annotations.NullMarked;
