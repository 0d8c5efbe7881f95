@NullMarked
package dev.purser.query;

import org.jspecify.annotations.NullMarked;
