package dev.purser.domain;

import dev.purser.domain.customer.CustomerEvent;
import dev.purser.domain.key.KeyEvent;
import dev.purser.domain.margin.MarginEvent;
import dev.purser.domain.organization.OrganizationEvent;
import dev.purser.domain.payout.PayoutEvent;
import dev.purser.domain.pricing.PriceListEvent;
import dev.purser.domain.project.ProjectEvent;
import dev.purser.domain.session.SessionEvent;
import dev.purser.domain.topup.TopUpEvent;
import dev.purser.domain.wallet.WalletEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Every event the ledger stores. The simple name of a record is its stored type: never rename one. */
public final class LedgerEvents {
    private static final List<Class<?>> FAMILIES = List.of(
            OrganizationEvent.class,
            ProjectEvent.class,
            KeyEvent.class,
            CustomerEvent.class,
            WalletEvent.class,
            SessionEvent.class,
            PriceListEvent.class,
            TopUpEvent.class,
            MarginEvent.class,
            PayoutEvent.class);

    private static final String PAYLOAD_DICTIONARY = "payload-dictionary-1.txt";

    private LedgerEvents() {}

    /**
     * Texts that are frequent in stored events, in the order of their codes. Part of what is stored: never change, move or
     * remove one; more may be added at the end.
     */
    public static List<String> payloadDictionary() {
        try (InputStream texts = LedgerEvents.class.getResourceAsStream(PAYLOAD_DICTIONARY)) {
            return new String(Objects.requireNonNull(texts).readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<Class<?>> types() {
        return FAMILIES.stream()
                .flatMap(family -> Stream.of(family.getPermittedSubclasses()))
                .<Class<?>>map(type -> type)
                .toList();
    }
}
