/** The read edge: parameters in, read models asked, views out. */
@NullMarked
package dev.purser.query;

import org.jspecify.annotations.NullMarked;
