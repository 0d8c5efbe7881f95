/** Rows written in the transaction of the events they belong to: claims, upserts, updates and releases. */
@NullMarked
package dev.purser.eventstore.inline;

import org.jspecify.annotations.NullMarked;
