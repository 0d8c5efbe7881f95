/** Which models there are, who answers for them, and what they cost. */
@NullMarked
package dev.purser.gateway.catalogue;

import org.jspecify.annotations.NullMarked;
