/** From a request to whoever answers it: which models may, what is held for them, and who is asked next when one fails. */
@NullMarked
package dev.purser.gateway.routing;

import org.jspecify.annotations.NullMarked;
