/** The books: what every event posted to which account, by stream and hour, and the trial balance at any position. */
@NullMarked
package dev.purser.projection.books;

import org.jspecify.annotations.NullMarked;
