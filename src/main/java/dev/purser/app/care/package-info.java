/** Work on the read models from the command line, beside a running server or without one. */
@NullMarked
package dev.purser.app.care;

import org.jspecify.annotations.NullMarked;
