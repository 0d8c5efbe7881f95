/** The account statement of a wallet: one entry per change of its balance, free requests included. */
@NullMarked
package dev.purser.projection.entry;

import org.jspecify.annotations.NullMarked;
