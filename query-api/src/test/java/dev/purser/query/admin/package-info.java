@NullMarked
package dev.purser.query.admin;

import org.jspecify.annotations.NullMarked;
