/** The server's own keys: where they come from and how a lost or swapped key is noticed. */
@NullMarked
package dev.purser.app.secret;

import org.jspecify.annotations.NullMarked;
