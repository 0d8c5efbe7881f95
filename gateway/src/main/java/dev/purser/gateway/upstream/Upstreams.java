package dev.purser.gateway.upstream;

import dev.purser.gateway.catalogue.Offer;

/** Which upstream serves an offer. */
public record Upstreams(Upstream builtin, Upstream http) {
    public Upstream of(Offer offer) {
        return offer.builtin() ? builtin : http;
    }
}
