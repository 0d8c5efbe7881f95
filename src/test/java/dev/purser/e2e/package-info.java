/** End-to-end tests: the packed product as a process of its own, used from outside only. */
@NullMarked
package dev.purser.e2e;

import org.jspecify.annotations.NullMarked;
