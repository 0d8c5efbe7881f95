/** Who may do what right now: inline tables, written with the events themselves, read by key on every request. */
@NullMarked
package dev.purser.projection.access;

import org.jspecify.annotations.NullMarked;
