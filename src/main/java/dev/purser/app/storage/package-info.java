/** The data directory: its rights, its lock and the small secret files in it. */
@NullMarked
package dev.purser.app.storage;

import org.jspecify.annotations.NullMarked;
