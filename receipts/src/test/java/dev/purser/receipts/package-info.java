@NullMarked
package dev.purser.receipts;

import org.jspecify.annotations.NullMarked;
