package dev.purser.gateway.upstream;

import dev.purser.gateway.wire.ListAnswer;
import tools.jackson.databind.node.ObjectNode;

/** Answers in OpenAI's format. Blocks; thread-safe. */
public interface Upstream {
    /** Opens a stream of a chat completion; returns once the provider has accepted the call. */
    UpstreamStream stream(UpstreamRequest request) throws UpstreamFailure;

    /** A whole chat completion: an object with {@code choices}. */
    ObjectNode complete(UpstreamRequest request) throws UpstreamFailure;

    /** Embeddings or images, by the kind of the model: an object with a list of {@code data}. */
    ListAnswer list(UpstreamRequest request) throws UpstreamFailure;
}
