@NullMarked
package dev.purser.projection.request;

import org.jspecify.annotations.NullMarked;
