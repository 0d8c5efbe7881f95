@NullMarked
package dev.purser.query.wallet;

import org.jspecify.annotations.NullMarked;
