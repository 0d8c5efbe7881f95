/** An organization: the tenant that owns projects and receives their margin. */
@NullMarked
package dev.purser.domain.organization;

import org.jspecify.annotations.NullMarked;
