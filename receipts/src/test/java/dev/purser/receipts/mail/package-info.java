@NullMarked
package dev.purser.receipts.mail;

import org.jspecify.annotations.NullMarked;
