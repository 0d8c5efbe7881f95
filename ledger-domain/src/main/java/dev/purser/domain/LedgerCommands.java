package dev.purser.domain;

import dev.purser.domain.customer.CustomerCommand;
import dev.purser.domain.key.KeyCommand;
import dev.purser.domain.organization.OrganizationCommand;
import dev.purser.domain.payout.PayoutCommand;
import dev.purser.domain.pricing.PriceListCommand;
import dev.purser.domain.project.ProjectCommand;
import dev.purser.domain.session.SessionCommand;
import dev.purser.domain.topup.TopUpCommand;
import dev.purser.domain.wallet.WalletCommand;
import java.util.List;
import java.util.stream.Stream;

/** Every command the ledger takes. The simple name of a record is its name between nodes, and no two share one. */
public final class LedgerCommands {
    private static final List<Class<?>> FAMILIES = List.of(
            OrganizationCommand.class,
            ProjectCommand.class,
            KeyCommand.class,
            CustomerCommand.class,
            WalletCommand.class,
            SessionCommand.class,
            PriceListCommand.class,
            TopUpCommand.class,
            PayoutCommand.class,
            CompositeCommand.class);

    private LedgerCommands() {}

    public static List<Class<?>> types() {
        return FAMILIES.stream()
                .flatMap(family -> Stream.of(family.getPermittedSubclasses()))
                .<Class<?>>map(type -> type)
                .toList();
    }
}
