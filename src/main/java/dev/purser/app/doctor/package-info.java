/** The doctor: looks at the machine, the database and the configuration, and says what is well and what is not. */
@NullMarked
package dev.purser.app.doctor;

import org.jspecify.annotations.NullMarked;
