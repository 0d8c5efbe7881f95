package dev.purser.domain.pricing;

import dev.purser.domain.Fixtures;
import dev.purser.domain.pricing.PriceListCommand.PublishPrices;
import dev.purser.domain.pricing.PriceListEvent.PricesPublished;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriceListTest {
    private static final List<ModelPrice> PRICES = List.of(new ModelPrice("m", Tariff.perMillion("1", "2")));

    @Test
    void numbersItsVersionsFromOne() {
        Fixtures.of(PriceList.class)
                .givenNoPriorActivity()
                .when(new PublishPrices(PRICES))
                .expectEvents(new PricesPublished(1, PRICES))
                .expectResultMessagePayload(1);
    }

    @Test
    void keepsItsVersionWhileNoPriceDiffers() {
        Fixtures.of(PriceList.class)
                .given(new PricesPublished(1, PRICES))
                .when(new PublishPrices(List.of(new ModelPrice("m", Tariff.perMillion("1.00", "2.0")))))
                .expectNoEvents()
                .expectResultMessagePayload(1);
    }

    @Test
    void startsANewVersionWhenAPriceDiffers() {
        List<ModelPrice> dearer = List.of(new ModelPrice("m", Tariff.perMillion("1", "2.000000001")));
        Fixtures.of(PriceList.class)
                .given(new PricesPublished(1, PRICES))
                .when(new PublishPrices(dearer))
                .expectEvents(new PricesPublished(2, dearer))
                .expectResultMessagePayload(2);
    }
}
