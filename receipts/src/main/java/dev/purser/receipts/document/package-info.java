/** What a receipt or a credit note says, computed from the events of its top-up, and how it looks. */
@NullMarked
package dev.purser.receipts.document;

import org.jspecify.annotations.NullMarked;
