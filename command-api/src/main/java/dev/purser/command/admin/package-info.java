/** An operator makes and changes organizations, projects and keys. */
@NullMarked
package dev.purser.command.admin;

import org.jspecify.annotations.NullMarked;
