/** Double entry: what each event of the ledger debits and credits. */
@NullMarked
package dev.purser.domain.books;

import org.jspecify.annotations.NullMarked;
