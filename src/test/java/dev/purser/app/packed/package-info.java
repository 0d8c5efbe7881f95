/** The packed jar as an operator runs it: as a process, by its ports, its signals, its exit codes and its output. */
@NullMarked
package dev.purser.app.packed;

import org.jspecify.annotations.NullMarked;
