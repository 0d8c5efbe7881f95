package dev.purser.gateway.routing;

import dev.purser.edge.Problem;
import dev.purser.gateway.catalogue.Ability;
import dev.purser.gateway.catalogue.ModelKind;
import dev.purser.gateway.catalogue.Offer;
import dev.purser.gateway.metering.WorstCase;
import java.util.Set;

/** What a request asks of a model, and the most it can use there. */
public interface Demand {
    /** As the client has named it. */
    String model();

    ModelKind kind();

    /** Beyond what every model of the kind can do. */
    Set<Ability> needs();

    /** Whether the request is of a size that this model takes, as far as that can be told at a glance. */
    boolean fits(Offer offer);

    /** For comparing prices alone, never for money: quick, and much the same for every model. */
    WorstCase roughly(Offer offer);

    /** @throws Problem 400 where this model has no price for what is asked */
    WorstCase worstCase(Offer offer);
}
