@NullMarked
package dev.purser.query.request;

import org.jspecify.annotations.NullMarked;
