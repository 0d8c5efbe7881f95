package dev.purser.projection;

import dev.purser.domain.CompositeHandlers;
import dev.purser.domain.LedgerCommand;
import dev.purser.domain.LedgerEvents;
import dev.purser.domain.customer.Customer;
import dev.purser.domain.key.PlatformKey;
import dev.purser.domain.margin.MarginAccount;
import dev.purser.domain.margin.MarginSnapshot;
import dev.purser.domain.organization.Organization;
import dev.purser.domain.organization.OrganizationSnapshot;
import dev.purser.domain.payout.Payout;
import dev.purser.domain.payout.PayoutHandlers;
import dev.purser.domain.pricing.PriceList;
import dev.purser.domain.project.Project;
import dev.purser.domain.session.Session;
import dev.purser.domain.topup.TopUp;
import dev.purser.domain.topup.TopUpHandlers;
import dev.purser.domain.wallet.Wallet;
import dev.purser.domain.wallet.WalletSnapshot;
import dev.purser.eventstore.LedgerEngine;
import dev.purser.eventstore.LedgerEngineBuilder;
import dev.purser.eventstore.codec.EventCodec;
import dev.purser.eventstore.codec.EventTypes;
import dev.purser.eventstore.codec.JsonEventCodec;
import dev.purser.eventstore.codec.PayloadDictionary;
import dev.purser.eventstore.codec.Upcasters;
import dev.purser.eventstore.snapshot.SnapshotFormat;
import dev.purser.projection.access.AccessProjector;

/** The ledger's engine with everything that is the same wherever it runs: its events, its aggregates, its inline tables. */
public final class LedgerAssembly {
    // Streams of these grow with use; those of all others are short.
    private static final SnapshotFormat<Wallet, WalletSnapshot> WALLET_SNAPSHOTS = new SnapshotFormat<>(
            "wallet",
            WalletSnapshot.VERSION,
            WalletSnapshot.class,
            Wallet::snapshot,
            (_, snapshot) -> new Wallet(snapshot));
    private static final SnapshotFormat<Organization, OrganizationSnapshot> ORGANIZATION_SNAPSHOTS =
            new SnapshotFormat<>(
                    "organization",
                    OrganizationSnapshot.VERSION,
                    OrganizationSnapshot.class,
                    Organization::snapshot,
                    (_, snapshot) -> new Organization(snapshot));
    private static final SnapshotFormat<MarginAccount, MarginSnapshot> MARGIN_SNAPSHOTS = new SnapshotFormat<>(
            "margin",
            MarginSnapshot.VERSION,
            MarginSnapshot.class,
            MarginAccount::snapshot,
            (_, snapshot) -> new MarginAccount(snapshot));

    private LedgerAssembly() {}

    /** Every event the ledger stores. */
    public static EventCodec codec() {
        EventTypes.Builder types = EventTypes.builder();
        LedgerEvents.types().forEach(types::add);
        return new JsonEventCodec(
                types.build(), Upcasters.none(), PayloadDictionary.of(LedgerEvents.payloadDictionary()));
    }

    /** Lacks only its database. */
    public static LedgerEngineBuilder engine() {
        return LedgerEngine.builder()
                .codec(codec())
                .streamOfCommand(command -> ((LedgerCommand<?>) command).streamId())
                .inlineProjector(new AccessProjector())
                .registerAggregate(Organization.class, _ -> new Organization(), ORGANIZATION_SNAPSHOTS)
                .registerAggregate(Project.class, _ -> new Project())
                .registerAggregate(PlatformKey.class, _ -> new PlatformKey())
                .registerAggregate(Customer.class, _ -> new Customer())
                .registerAggregate(Wallet.class, _ -> new Wallet(), WALLET_SNAPSHOTS)
                .registerAggregate(Session.class, _ -> new Session())
                .registerAggregate(PriceList.class, _ -> new PriceList())
                .registerAggregate(TopUp.class, _ -> new TopUp())
                .registerAggregate(MarginAccount.class, _ -> new MarginAccount(), MARGIN_SNAPSHOTS)
                .registerAggregate(Payout.class, _ -> new Payout())
                .registerHandler(repositories -> new CompositeHandlers(
                        repositories.repositoryFor(Customer.class),
                        repositories.repositoryFor(Wallet.class),
                        repositories.repositoryFor(Session.class),
                        repositories.repositoryFor(Project.class)))
                .registerHandler(repositories -> new TopUpHandlers(
                        repositories.repositoryFor(TopUp.class),
                        repositories.repositoryFor(Project.class),
                        repositories.repositoryFor(Wallet.class),
                        repositories.repositoryFor(Organization.class),
                        repositories.repositoryFor(MarginAccount.class)))
                .registerHandler(repositories -> new PayoutHandlers(
                        repositories.repositoryFor(Payout.class), repositories.repositoryFor(MarginAccount.class)));
    }
}
