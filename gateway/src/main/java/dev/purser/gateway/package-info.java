/** The LLM proxy: prices a call, holds the worst case, streams it, settles the true cost. Start at {@link Gateway}. */
@NullMarked
package dev.purser.gateway;

import org.jspecify.annotations.NullMarked;
