/** JSON as it arrives: read strictly, numbers kept as text until their size is known, all field errors told at once. */
@NullMarked
package dev.purser.edge.json;

import org.jspecify.annotations.NullMarked;
