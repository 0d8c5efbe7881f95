/** Receipts and credit notes: who may read them, and the routes that show them. */
@NullMarked
package dev.purser.receipts;

import org.jspecify.annotations.NullMarked;
