/** The rules of the house: formatting and architecture of the whole repository. */
@NullMarked
package dev.purser.app.house;

import org.jspecify.annotations.NullMarked;
