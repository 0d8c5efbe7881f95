package dev.purser.gateway.catalogue;

import dev.purser.domain.Ledger;
import dev.purser.domain.pricing.ModelPrice;
import dev.purser.domain.pricing.PriceBook;
import dev.purser.domain.pricing.PriceListCommand.PublishPrices;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every model the installation knows, whether it can be called at present or not, and its price. Thread-safe. */
public final class Catalogue implements PriceBook {
    private final Map<String, Provider> providers;
    private final List<Offer> offers;
    private volatile int version;

    Catalogue(Map<String, Provider> providers, List<Offer> offers) {
        this.providers = Map.copyOf(providers);
        this.offers = List.copyOf(offers);
    }

    /**
     * Reads the catalogue that comes with the product and lays the operator's file, if any, over it.
     *
     * @throws CatalogueRefused naming the entry that cannot be
     */
    public static Catalogue load(@Nullable Path operatorFile) {
        CatalogueReader reader = new CatalogueReader();
        reader.readBuiltIn();
        if (operatorFile != null) {
            reader.readFile(operatorFile);
        }
        return reader.catalogue();
    }

    /** Puts the prices on record; from here on bills name the version answered. Called once, before the first call. */
    public void publish(Ledger ledger, Ledger.Cause cause) {
        List<ModelPrice> prices = offers.stream()
                .sorted(Comparator.comparing(Offer::name))
                .map(offer -> new ModelPrice(offer.name(), offer.tariff()))
                .toList();
        version = ledger.send(new PublishPrices(prices), cause);
    }

    /** The version of the price list on record. */
    public int version() {
        if (version == 0) {
            throw new IllegalStateException("the prices have not been published");
        }
        return version;
    }

    @Override
    public Optional<Priced> find(String model) {
        return matching(model).findFirst().map(offer -> new Priced(offer.name(), offer.tariff(), version()));
    }

    public ModelAddress address(String text) {
        return ModelAddress.parse(text, providers::containsKey);
    }

    public Stream<Offer> matching(String text) {
        ModelAddress address = address(text);
        return offers.stream().filter(address::matches);
    }

    public Optional<Provider> provider(String id) {
        return Optional.ofNullable(providers.get(id));
    }

    public List<Offer> offers() {
        return offers;
    }

    Catalogue withProviders(Map<String, Provider> changed) {
        Map<String, Provider> all = new LinkedHashMap<>(providers);
        all.putAll(changed);
        return new Catalogue(
                all,
                offers.stream()
                        .map(offer -> offer.at(all.getOrDefault(offer.provider().id(), offer.provider())))
                        .toList());
    }
}
