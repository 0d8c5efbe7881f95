/** The runnable assembly: one process that serves the API, the gateway and the management port. */
@NullMarked
package dev.purser.app;

import org.jspecify.annotations.NullMarked;
