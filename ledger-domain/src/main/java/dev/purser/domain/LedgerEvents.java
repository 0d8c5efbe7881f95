package dev.purser.domain;

import dev.purser.domain.customer.CustomerEvent;
import dev.purser.domain.key.KeyEvent;
import dev.purser.domain.organization.OrganizationEvent;
import dev.purser.domain.pricing.PriceListEvent;
import dev.purser.domain.project.ProjectEvent;
import dev.purser.domain.session.SessionEvent;
import dev.purser.domain.wallet.WalletEvent;
import java.util.List;
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
            PriceListEvent.class);

    private LedgerEvents() {}

    public static List<Class<?>> types() {
        return FAMILIES.stream()
                .flatMap(family -> Stream.of(family.getPermittedSubclasses()))
                .<Class<?>>map(type -> type)
                .toList();
    }
}
