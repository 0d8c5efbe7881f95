package dev.purser.gateway.upstream;

import tools.jackson.databind.node.ObjectNode;

/** Answers chat completions in OpenAI's format. Blocks; thread-safe. */
public interface Upstream {
    /** Opens a stream; returns once the provider has accepted the call. */
    UpstreamStream stream(UpstreamRequest request) throws UpstreamFailure;

    /** The whole answer: an object with {@code choices}. */
    ObjectNode complete(UpstreamRequest request) throws UpstreamFailure;
}
