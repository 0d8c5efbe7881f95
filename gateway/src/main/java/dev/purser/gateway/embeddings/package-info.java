/** Embeddings of texts and tokens. */
@NullMarked
package dev.purser.gateway.embeddings;

import org.jspecify.annotations.NullMarked;
