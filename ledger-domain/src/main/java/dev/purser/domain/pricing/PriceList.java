package dev.purser.domain.pricing;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.purser.domain.pricing.PriceListCommand.PublishPrices;
import dev.purser.domain.pricing.PriceListEvent.PricesPublished;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;

/** The price list of an installation: every version that a bill may name. */
public final class PriceList {
    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private String id;

    private int version;
    private List<ModelPrice> prices = List.of();

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    int handle(PublishPrices command) {
        if (!command.prices().equals(prices)) {
            apply(new PricesPublished(version + 1, command.prices()));
        }
        return version;
    }

    @EventSourcingHandler
    void on(PriceListEvent event) {
        switch (event) {
            case PricesPublished published -> {
                id = PriceListCommand.STREAM;
                version = published.version();
                prices = published.prices();
            }
        }
    }
}
