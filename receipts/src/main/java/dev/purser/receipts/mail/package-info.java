/** Sends each document to its customer, at least once. */
@NullMarked
package dev.purser.receipts.mail;

import org.jspecify.annotations.NullMarked;
