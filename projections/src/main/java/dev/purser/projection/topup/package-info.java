/** Top-ups: what was quoted, paid, credited and taken back, and the payments that match no quote. */
@NullMarked
package dev.purser.projection.topup;

import org.jspecify.annotations.NullMarked;
