@NullMarked
package dev.purser.projection.session;

import org.jspecify.annotations.NullMarked;
