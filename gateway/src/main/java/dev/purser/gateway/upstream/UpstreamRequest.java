package dev.purser.gateway.upstream;

import dev.purser.gateway.catalogue.Offer;
import tools.jackson.databind.node.ObjectNode;

/** A call as it goes out. */
public record UpstreamRequest(Offer offer, ObjectNode body, String requestId, CallControl control) {}
