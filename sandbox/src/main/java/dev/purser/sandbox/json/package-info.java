/** JSON trees as the sandbox reads and writes them. */
@NullMarked
package dev.purser.sandbox.json;

import org.jspecify.annotations.NullMarked;
