package dev.purser.gateway.routing;

import dev.purser.gateway.catalogue.Offer;
import dev.purser.gateway.settlement.OpenCall;
import dev.purser.gateway.upstream.UpstreamFailure;

/** Asks one provider, once. Whatever it opens is closed again where it fails. */
@FunctionalInterface
public interface Ask<A> {
    A at(Offer offer, OpenCall call) throws UpstreamFailure;
}
