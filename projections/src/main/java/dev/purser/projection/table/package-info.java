/** Rows of a read model that are loaded, changed in memory and stored again, one statement each per batch. */
@NullMarked
package dev.purser.projection.table;

import org.jspecify.annotations.NullMarked;
