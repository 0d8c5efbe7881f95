package dev.purser.bench;

import com.zaxxer.hikari.HikariDataSource;
import dev.purser.domain.CompositeCommand.EnrolCustomer;
import dev.purser.domain.CustomerId;
import dev.purser.domain.Fingerprint;
import dev.purser.domain.HoldId;
import dev.purser.domain.LedgerCommand;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.Sealed;
import dev.purser.domain.SessionId;
import dev.purser.domain.WalletId;
import dev.purser.domain.customer.CustomerCommand.RegisterCustomer;
import dev.purser.domain.organization.OrganizationCommand.RegisterOrganization;
import dev.purser.domain.project.ProjectCommand.CreateProject;
import dev.purser.domain.project.ProjectSettings;
import dev.purser.domain.session.SessionCommand.MintSession;
import dev.purser.domain.wallet.CreditKind;
import dev.purser.domain.wallet.WalletCommand.CreditWallet;
import dev.purser.domain.wallet.WalletCommand.DebitUsage;
import dev.purser.domain.wallet.WalletCommand.OpenWallet;
import dev.purser.eventstore.LedgerEngine;
import dev.purser.eventstore.secret.Ids;
import dev.purser.projection.LedgerAssembly;
import dev.purser.projection.ReadModels;
import dev.purser.projection.engine.Projections;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The product's engine on a database of its own: real aggregates, inline rows, codec and, once started, read models. */
final class Ledger implements AutoCloseable {
    static final Money DEBIT = new Money(100_000);
    private static final int ENROLLING_AT_ONCE = 64;
    private static final Mode MODE = Mode.LIVE;
    private static final Money CREDIT = Money.ofDollars(1_000_000);

    private final HikariDataSource pool;
    private final LedgerEngine engine;
    private final Projections projections;
    private @Nullable Tenant tenant;

    /** Whose the wallets are. */
    private record Tenant(OrganizationId organization, ProjectId project, String keyId) {}

    /** A wallet and the session that spends from it. */
    record Account(WalletId wallet, SessionId session) {}

    private Ledger(DatabaseServer server, String database) {
        pool = server.pool(database);
        engine = LedgerAssembly.engine()
                .reads(pool)
                .writes(server.application(database)::getConnection)
                .build();
        projections = new Projections(engine.log(), engine.codec(), pool, ReadModels.all(Ledger::unseal));
    }

    /** On a new database. */
    static Ledger start(DatabaseServer server, String database) throws SQLException {
        return open(server, server.createMigrated(database));
    }

    /** On a database that is there. */
    static Ledger open(DatabaseServer server, String database) {
        Ledger ledger = new Ledger(server, database);
        ledger.engine.start();
        return ledger;
    }

    LedgerEngine engine() {
        return engine;
    }

    Projections projections() {
        return projections;
    }

    /** Customers with sessions and with wallets that no load of a benchmark empties. */
    List<Account> enrol(int customers) throws InterruptedException {
        Account[] accounts = new Account[customers];
        Tenant owner = tenant();
        Load.all(ENROLLING_AT_ONCE, customers, index -> {
            accounts[index] = enrol(owner);
            send(new CreditWallet(accounts[index].wallet(), CreditKind.ADJUSTMENT, CREDIT, null));
        });
        return List.of(accounts);
    }

    /** What a backend's debit over HTTP comes to. */
    void debit(WalletId wallet) {
        send(new DebitUsage(wallet, new HoldId(Ids.next(HoldId.DEBIT_PREFIX)), DEBIT, null, null, null));
    }

    <R> R send(LedgerCommand<R> command) {
        return send(command, tenant == null ? "bench" : tenant.keyId(), Ids.next("req"));
    }

    /** With the metadata that the product gives an event: who asked, and in which request. */
    <R> R send(LedgerCommand<R> command, String actor, String requestId) {
        return engine.send(command, command.streamId(), Map.of("actor", actor, "requestId", requestId), null);
    }

    /** How long the projections take to show everything that is stored now, at most so long. */
    @Nullable
    Duration drain(Duration atMost) {
        long begin = System.nanoTime();
        return projections.awaitHead(atMost) ? Duration.ofNanos(System.nanoTime() - begin) : null;
    }

    @Override
    public void close() {
        projections.stop();
        engine.stop();
        pool.close();
    }

    private Tenant tenant() {
        if (tenant == null) {
            OrganizationId organization = new OrganizationId(Ids.next("org"));
            ProjectId project = new ProjectId(Ids.next("prj"));
            send(new RegisterOrganization(organization, "Bench"));
            send(new CreateProject(project, organization, "Bench", ProjectSettings.DEFAULTS));
            tenant = new Tenant(organization, project, Ids.next("key"));
        }
        return tenant;
    }

    private Account enrol(Tenant owner) {
        CustomerId customer = new CustomerId(Ids.next("cus"));
        WalletId wallet = new WalletId(Ids.next("wal"));
        SessionId session = new SessionId(Ids.next("ses"));
        send(new EnrolCustomer(
                new RegisterCustomer(
                        customer,
                        owner.organization(),
                        owner.project(),
                        MODE,
                        wallet,
                        fingerprint(),
                        sealed(""),
                        null,
                        null),
                new OpenWallet(wallet, customer, owner.organization(), owner.project(), MODE),
                new MintSession(
                        session,
                        wallet,
                        customer,
                        owner.organization(),
                        owner.project(),
                        MODE,
                        new Fingerprint(fingerprint()),
                        List.of("gpt-x"),
                        null,
                        900,
                        Instant.now())));
        return new Account(wallet, session);
    }

    private static String fingerprint() {
        return UUID.randomUUID().toString().replace("-", "").repeat(2);
    }

    /** As long as what the product seals. */
    static Sealed sealed(String unused) {
        return new Sealed(Base64.getEncoder().encodeToString(new byte[48]));
    }

    /** The benchmarks seal nothing that a projection would need to open. */
    static String unseal(String customerId, Sealed text) {
        return text.base64();
    }
}
