/** Tables of read models: rows are loaded, changed in memory and written again, many at a time. */
@NullMarked
package dev.purser.projection.table;

import org.jspecify.annotations.NullMarked;
