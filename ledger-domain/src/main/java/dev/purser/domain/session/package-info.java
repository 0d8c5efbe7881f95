/** A session: what a browser may spend, and the generations of its token. */
@NullMarked
package dev.purser.domain.session;

import org.jspecify.annotations.NullMarked;
