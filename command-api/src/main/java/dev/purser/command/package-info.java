/** The write edge: a request becomes a command, the aggregate's own view becomes the answer. */
@NullMarked
package dev.purser.command;

import org.jspecify.annotations.NullMarked;
