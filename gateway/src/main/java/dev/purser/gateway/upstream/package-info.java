/** The far side: any OpenAI-compatible provider over HTTP, and the built-in models. */
@NullMarked
package dev.purser.gateway.upstream;

import org.jspecify.annotations.NullMarked;
