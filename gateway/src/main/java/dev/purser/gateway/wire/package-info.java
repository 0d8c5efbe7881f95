/** What passes through: JSON that keeps its digits, server-sent events, bodies of bounded size. */
@NullMarked
package dev.purser.gateway.wire;

import org.jspecify.annotations.NullMarked;
