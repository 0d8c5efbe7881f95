package dev.purser.gateway.catalogue;

import dev.purser.domain.Ledger;
import dev.purser.domain.pricing.PriceBook;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue in force. It is replaced whole, once its prices are on record: a call that has begun ends with the
 * prices it began with. Thread-safe.
 */
public final class LiveCatalogue implements PriceBook {
    private final @Nullable Path operatorFile;
    private final Function<Catalogue, Offers> offering;
    private volatile Edition current;

    /** A catalogue and the part of it that can be called. */
    public record Edition(Catalogue catalogue, Offers offers) {}

    /**
     * Reads what is in force from the start.
     *
     * @throws CatalogueRefused naming the entry that cannot be
     */
    public LiveCatalogue(@Nullable Path operatorFile, Function<Catalogue, Offers> offering) {
        this.operatorFile = operatorFile;
        this.offering = offering;
        this.current = read();
    }

    private Edition read() {
        Catalogue catalogue = Catalogue.load(operatorFile);
        return new Edition(catalogue, offering.apply(catalogue));
    }

    public Edition current() {
        return current;
    }

    /** Puts the prices in force on record; before the first call. */
    public synchronized void publish(Ledger ledger, Ledger.Cause cause) {
        current.catalogue().publish(ledger, cause);
    }

    /**
     * Reads the operator's file again.
     *
     * @throws CatalogueRefused naming the entry that cannot be; then what was in force stays so
     */
    public synchronized Edition reload(Ledger ledger, Ledger.Cause cause) {
        Edition next = read();
        next.catalogue().publish(ledger, cause);
        current = next;
        return next;
    }

    public Optional<Path> operatorFile() {
        return Optional.ofNullable(operatorFile);
    }

    @Override
    public Optional<Priced> find(String model) {
        return current.catalogue().find(model);
    }
}
