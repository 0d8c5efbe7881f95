package dev.purser.domain.pricing;

import dev.purser.domain.LedgerCommand;
import java.util.List;

/** What can be asked of the installation's price list. */
public sealed interface PriceListCommand<R> extends LedgerCommand<R> {
    /** The one stream of prices of an installation. */
    String STREAM = "pricelist";

    @Override
    default String streamId() {
        return STREAM;
    }

    /** Puts these prices on record; answers their version, the present one if nothing differs. */
    record PublishPrices(List<ModelPrice> prices) implements PriceListCommand<Integer> {
        public PublishPrices {
            prices = List.copyOf(prices);
        }
    }
}
