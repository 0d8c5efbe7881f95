package dev.purser.domain.pricing;

import java.util.List;

/** What happened to the installation's price list. */
public sealed interface PriceListEvent {
    /** From here on bills name this version (1, 2, …); the list is whole, not a difference. */
    record PricesPublished(int version, List<ModelPrice> prices) implements PriceListEvent {
        public PricesPublished {
            prices = List.copyOf(prices);
        }
    }
}
