/** The margin account of an organization in one mode: markup accrued, clawed back, reserved for payouts. */
@NullMarked
package dev.purser.domain.margin;

import org.jspecify.annotations.NullMarked;
