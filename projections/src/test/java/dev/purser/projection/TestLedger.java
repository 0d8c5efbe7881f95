package dev.purser.projection;

import dev.purser.domain.CompositeCommand.EnrolCustomer;
import dev.purser.domain.CustomerId;
import dev.purser.domain.Fingerprint;
import dev.purser.domain.HoldId;
import dev.purser.domain.KeyId;
import dev.purser.domain.Ledger;
import dev.purser.domain.LedgerCommand;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.Sealed;
import dev.purser.domain.SessionId;
import dev.purser.domain.WalletId;
import dev.purser.domain.customer.CustomerCommand.RegisterCustomer;
import dev.purser.domain.key.KeyCommand.CreateKey;
import dev.purser.domain.key.KeyKind;
import dev.purser.domain.organization.OrganizationCommand.RegisterOrganization;
import dev.purser.domain.pricing.Usage;
import dev.purser.domain.project.ProjectCommand.CreateProject;
import dev.purser.domain.project.ProjectSettings;
import dev.purser.domain.session.SessionCommand.MintSession;
import dev.purser.domain.wallet.CreditKind;
import dev.purser.domain.wallet.HoldOrigin;
import dev.purser.domain.wallet.Metering;
import dev.purser.domain.wallet.UsageSource;
import dev.purser.domain.wallet.WalletCommand.CaptureHold;
import dev.purser.domain.wallet.WalletCommand.CreditWallet;
import dev.purser.domain.wallet.WalletCommand.HoldCredits;
import dev.purser.domain.wallet.WalletCommand.OpenWallet;
import dev.purser.eventstore.LedgerEngine;
import dev.purser.eventstore.secret.Ids;
import dev.purser.projection.engine.OnDifference;
import dev.purser.projection.engine.Projection;
import dev.purser.projection.engine.Projections;
import dev.purser.projection.engine.RebuildPhase;
import dev.purser.projection.engine.RebuildState;
import dev.purser.projection.engine.Rebuilds;
import dev.purser.projection.table.Place;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The real ledger on a database of its own, with projections that follow it, in the words of the tests. */
public final class TestLedger implements Ledger, AutoCloseable {
    private static final Duration CATCH_UP = Duration.ofSeconds(20);

    public final TestDatabase database = TestDatabase.create();
    public final LedgerEngine engine;
    public final Projections projections;
    public final Rebuilds rebuilds;
    private final List<? extends Projection> readModels;

    /** A customer with its wallet and first session. */
    public record Enrolled(
            CustomerId customer, WalletId wallet, SessionId session, String sessionFingerprint, Tenant tenant) {}

    /** A project in one mode. */
    public record Tenant(OrganizationId organization, ProjectId project, Mode mode) {
        public Tenant in(Mode other) {
            return new Tenant(organization, project, other);
        }
    }

    private TestLedger(List<? extends Projection> readModels) {
        this.readModels = readModels;
        engine = LedgerAssembly.engine()
                .reads(database.dataSource())
                .writes(database::connect)
                .build();
        engine.start();
        projections = new Projections(engine.log(), engine.codec(), database.dataSource(), readModels);
        rebuilds = new Rebuilds(engine.log(), engine.codec(), database.connections(), readModels);
    }

    /** With every read model, following the log. */
    public static TestLedger start() {
        TestLedger ledger = new TestLedger(ReadModels.all(TestLedger::unseal));
        ledger.projections.start();
        return ledger;
    }

    /** With these read models, not yet following the log. */
    public static TestLedger with(List<? extends Projection> readModels) {
        return new TestLedger(readModels);
    }

    public static Sealed seal(String text) {
        return new Sealed(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** What is sealed as "erased" cannot be opened, as if its customer's key were gone. */
    public static @Nullable String unseal(String customer, Sealed sealed) {
        String text = new String(Base64.getDecoder().decode(sealed.base64()), StandardCharsets.UTF_8);
        return text.equals("erased") ? null : text;
    }

    public static String fingerprint(String token) {
        String hex = String.format("%064x", token.hashCode() & 0xFFFF_FFFFL);
        return hex.substring(hex.length() - 64);
    }

    @Override
    public <R> R send(LedgerCommand<R> command, Cause cause) {
        return engine.send(command, command.streamId(), Map.of("actor", cause.actor()), null);
    }

    @Override
    public <R> R send(LedgerCommand<R> command, Cause cause, Forget forget) {
        return send(command, cause);
    }

    @Override
    public <R> R send(LedgerCommand<R> command, Cause cause, Remember<R> remember) {
        return send(command, cause);
    }

    public <R> R send(LedgerCommand<R> command) {
        return send(command, new Cause("test", ""));
    }

    public Tenant tenant() {
        OrganizationId organization = new OrganizationId(Ids.next("org"));
        send(new RegisterOrganization(organization, "Acme"));
        return project(organization);
    }

    public Tenant project(OrganizationId organization) {
        ProjectId project = new ProjectId(Ids.next("prj"));
        send(new CreateProject(project, organization, "Chat", ProjectSettings.DEFAULTS));
        return new Tenant(organization, project, Mode.TEST);
    }

    public KeyId platformKey(Tenant tenant, String token, @Nullable Instant expiresAt) {
        KeyId key = new KeyId(Ids.next("key"));
        send(new CreateKey(
                key,
                KeyKind.PLATFORM,
                tenant.organization(),
                tenant.project(),
                tenant.mode(),
                "backend",
                new Fingerprint(fingerprint(token)),
                "sk_test_ab…yz",
                expiresAt,
                Instant.now()));
        return key;
    }

    public Enrolled enrol(Tenant tenant, String externalId) {
        return enrol(tenant, externalId, null, null);
    }

    public Enrolled enrol(Tenant tenant, String externalId, @Nullable String email, @Nullable String name) {
        CustomerId customer = new CustomerId(Ids.next("cus"));
        WalletId wallet = new WalletId(Ids.next("wal"));
        SessionId session = new SessionId(Ids.next("ses"));
        String token = fingerprint(session.value());
        send(new EnrolCustomer(
                new RegisterCustomer(
                        customer,
                        tenant.organization(),
                        tenant.project(),
                        tenant.mode(),
                        wallet,
                        fingerprint(externalId),
                        seal(externalId),
                        email == null ? null : seal(email),
                        name == null ? null : seal(name)),
                new OpenWallet(wallet, customer, tenant.organization(), tenant.project(), tenant.mode()),
                new MintSession(
                        session,
                        wallet,
                        customer,
                        tenant.organization(),
                        tenant.project(),
                        tenant.mode(),
                        new Fingerprint(token),
                        List.of("gpt-x"),
                        Money.ofDollars(2),
                        900,
                        Instant.now())));
        return new Enrolled(customer, wallet, session, token, tenant);
    }

    public void credit(WalletId wallet, CreditKind kind, Money amount, @Nullable String reason) {
        send(new CreditWallet(wallet, kind, amount, reason == null ? null : seal(reason)));
    }

    public void credit(WalletId wallet, long dollars) {
        credit(wallet, CreditKind.ADJUSTMENT, Money.ofDollars(dollars), null);
    }

    public HoldId hold(Enrolled customer, HoldOrigin origin, Money amount, Instant expiresAt) {
        HoldId hold = new HoldId(Ids.next(origin == HoldOrigin.GATEWAY ? "req" : "hld"));
        send(new HoldCredits(
                customer.wallet(),
                hold,
                amount,
                origin,
                origin == HoldOrigin.GATEWAY ? customer.session() : null,
                null,
                origin == HoldOrigin.GATEWAY ? "gpt-x" : null,
                expiresAt));
        return hold;
    }

    public HoldId gatewayHold(Enrolled customer, Money amount) {
        return hold(customer, HoldOrigin.GATEWAY, amount, Instant.now().plusSeconds(600));
    }

    public void capture(Enrolled customer, HoldId hold, HoldOrigin origin, Money cost) {
        send(new CaptureHold(
                customer.wallet(),
                hold,
                origin,
                cost,
                origin == HoldOrigin.GATEWAY ? metering() : null,
                Instant.now()));
    }

    /** A gateway call that held and cost this much. */
    public HoldId call(Enrolled customer, Money held, Money cost) {
        HoldId hold = gatewayHold(customer, held);
        capture(customer, hold, HoldOrigin.GATEWAY, cost);
        return hold;
    }

    public static Metering metering() {
        return new Metering("gpt-x", "openai", new Usage(120, 20, 30, 0), UsageSource.PROVIDER, 1, "chatcmpl-1");
    }

    /** Waits until the projections show everything. */
    public void settle() {
        if (!projections.awaitHead(CATCH_UP)) {
            throw new AssertionError("the projections are at " + projections.positions() + ", the log at "
                    + engine.log().head() + "; dead letters: " + projections.deadLetters());
        }
    }

    /** Projects the log anew and takes the new rows, whatever they are; answers what was found. */
    public RebuildState rebuild() {
        try {
            RebuildState state = rebuilds.run(rebuilds.names(), OnDifference.SWITCH);
            if (state.phase() != RebuildPhase.SWITCHED) {
                throw new AssertionError(state);
            }
            return state;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** All rows of all read models. */
    public List<String> dump() {
        return database.dump(readModels.stream()
                .flatMap(projection -> projection.tables().stream())
                .map(table -> Place.LIVE.table(table.name()))
                .toList());
    }

    @Override
    public void close() {
        rebuilds.close();
        projections.stop();
        engine.stop();
        database.close();
    }
}
