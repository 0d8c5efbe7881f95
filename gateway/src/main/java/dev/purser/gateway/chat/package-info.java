/** Chat completions: gates, choice of a model, and the relay of its answer, streamed or whole. */
@NullMarked
package dev.purser.gateway.chat;

import org.jspecify.annotations.NullMarked;
