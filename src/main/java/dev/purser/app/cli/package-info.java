/** The command line: bootstrap, doctor, projections, version and help. */
@NullMarked
package dev.purser.app.cli;

import org.jspecify.annotations.NullMarked;
