/** A backend spends in two phases: hold, then capture or release. */
@NullMarked
package dev.purser.command.hold;

import org.jspecify.annotations.NullMarked;
