/** A backend blocks and unblocks a customer. */
@NullMarked
package dev.purser.command.customer;

import org.jspecify.annotations.NullMarked;
