/** Images from a text, priced by size and quality. */
@NullMarked
package dev.purser.gateway.images;

import org.jspecify.annotations.NullMarked;
