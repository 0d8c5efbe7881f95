package dev.purser.domain.pricing;

import java.util.Optional;

/** The prices in force. Thread-safe. */
public interface PriceBook {
    /** The price of a catalogue model by its name, with or without a {@code provider/} prefix. */
    Optional<Priced> find(String model);

    /**
     * A price that a bill can name.
     *
     * @param model the catalogue's own name
     * @param version the version of the price list on record
     */
    record Priced(String model, Tariff tariff, int version) {}
}
