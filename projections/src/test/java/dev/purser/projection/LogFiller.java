package dev.purser.projection;

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
import dev.purser.domain.pricing.Usage;
import dev.purser.domain.project.ProjectCommand.CreateProject;
import dev.purser.domain.project.ProjectSettings;
import dev.purser.domain.session.SessionCommand.MintSession;
import dev.purser.domain.wallet.CreditKind;
import dev.purser.domain.wallet.HoldOrigin;
import dev.purser.domain.wallet.Metering;
import dev.purser.domain.wallet.UsageSource;
import dev.purser.domain.wallet.WalletCommand.CreditWallet;
import dev.purser.domain.wallet.WalletCommand.OpenWallet;
import dev.purser.domain.wallet.WalletEvent;
import dev.purser.domain.wallet.WalletEvent.CreditsHeld;
import dev.purser.domain.wallet.WalletEvent.UsageDebited;
import dev.purser.eventstore.LedgerEngine;
import dev.purser.eventstore.append.QueuedEvent;
import dev.purser.eventstore.codec.EventCodec;
import dev.purser.eventstore.log.MetadataFormat;
import dev.purser.eventstore.secret.Ids;
import dev.purser.eventstore.secret.UuidV7;
import dev.purser.eventstore.writer.ConnectionSource;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * Fills an empty log fast with what a busy installation has: customers come by commands, and then gateway calls are laid
 * out as the writer does it (encoded, salted, hashed, chained, by COPY), but without deciding each. No engine may run on the
 * database meanwhile; one that is started afterwards goes on from there.
 */
public final class LogFiller {
    private static final int ROWS_PER_COPY = 5_000;
    private static final int OPEN_CALLS = 64;
    private static final int CALLERS = 64;
    private static final Instant DAY_ONE = Instant.parse("2026-01-01T00:00:00Z");
    private static final Money FUNDS = Money.ofDollars(1_000_000);
    private static final byte[] HEADER = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

    private final DataSource reads;
    private final ConnectionSource writes;
    private final Function<String, Sealed> seal;
    private final SplittableRandom random;
    private final EventCodec codec;
    private final List<Account> accounts = new ArrayList<>();
    private final List<Call> open = new ArrayList<>();

    /** What makes up the log, after the customers. */
    public enum Mix {
        /** Each call is held and then billed: two events. */
        HOLDS_AND_DEBITS,
        DEBITS_ALONE
    }

    private static final class Account {
        final WalletId wallet = new WalletId(Ids.next("wal"));
        final SessionId session = new SessionId(Ids.next("ses"));
        long sequence;
        byte[] hash = {};
        Money balance = FUNDS;
    }

    private record Call(Account account, HoldId id, Money held) {}

    /** @param seal makes what the events hold of personal data; where the rows are read, it must be openable */
    public LogFiller(DataSource reads, ConnectionSource writes, Function<String, Sealed> seal, long seed) {
        this.reads = reads;
        this.writes = writes;
        this.seal = seal;
        this.random = new SplittableRandom(seed);
        this.codec = LedgerAssembly.codec();
    }

    /** Fills the log up to so many events, of so many wallets. */
    public void fill(long events, int wallets, Mix mix) throws SQLException, InterruptedException {
        enrol(wallets);
        try (Connection connection = writes.open()) {
            long position = readHeads(connection);
            while (position < events) {
                int rows = (int) Math.min(ROWS_PER_COPY, events - position);
                copy(connection, layOut(position, rows, mix));
                position += rows;
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute("analyze ledger.event");
            }
        }
    }

    private void enrol(int wallets) throws InterruptedException {
        LedgerEngine engine =
                LedgerAssembly.engine().reads(reads).writes(writes).build();
        engine.start();
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            OrganizationId organization = new OrganizationId(Ids.next("org"));
            ProjectId project = new ProjectId(Ids.next("prj"));
            send(engine, new RegisterOrganization(organization, "Acme"));
            send(engine, new CreateProject(project, organization, "Chat", ProjectSettings.DEFAULTS));
            List<Future<?>> enrolled = new ArrayList<>();
            for (int i = 0; i < wallets; i++) {
                Account account = new Account();
                String externalId = "user-" + i;
                accounts.add(account);
                enrolled.add(callers.submit(() -> {
                    enrol(engine, account, organization, project, externalId);
                    send(engine, new CreditWallet(account.wallet, CreditKind.TOPUP, FUNDS, null));
                }));
            }
            for (Future<?> each : enrolled) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            engine.stop();
        }
    }

    private void enrol(
            LedgerEngine engine, Account account, OrganizationId organization, ProjectId project, String externalId) {
        CustomerId customer = new CustomerId(Ids.next("cus"));
        send(
                engine,
                new EnrolCustomer(
                        new RegisterCustomer(
                                customer,
                                organization,
                                project,
                                Mode.LIVE,
                                account.wallet,
                                TestLedger.fingerprint(externalId),
                                seal.apply(externalId),
                                seal.apply(externalId + "@example.com"),
                                null),
                        new OpenWallet(account.wallet, customer, organization, project, Mode.LIVE),
                        new MintSession(
                                account.session,
                                account.wallet,
                                customer,
                                organization,
                                project,
                                Mode.LIVE,
                                new Fingerprint(TestLedger.fingerprint(account.session.value())),
                                null,
                                null,
                                900,
                                DAY_ONE)));
    }

    private static void send(LedgerEngine engine, LedgerCommand<?> command) {
        engine.send(command, command.streamId(), Map.of("actor", "filler"), null);
    }

    /** What each wallet's next event is chained to; answers the log's last position. */
    private long readHeads(Connection connection) throws SQLException {
        Map<String, Account> byStream = new HashMap<>();
        accounts.forEach(account -> byStream.put(account.wallet.value(), account));
        try (Statement statement = connection.createStatement();
                ResultSet heads = statement.executeQuery(
                        "select stream, sequence, content_hash from ledger.event where type = 'WalletCredited'")) {
            while (heads.next()) {
                Account account = byStream.get(heads.getString(1));
                if (account != null) {
                    account.sequence = heads.getLong(2);
                    account.hash = heads.getBytes(3);
                }
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet head = statement.executeQuery("select max(global_position) from ledger.event")) {
            head.next();
            return head.getLong(1);
        }
    }

    private byte[] layOut(long after, int rows, Mix mix) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(rows * 700);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(HEADER);
            for (int i = 1; i <= rows; i++) {
                out.writeShort(2 + QueuedEvent.ROW_COLUMN_COUNT);
                out.writeInt(Long.BYTES);
                out.writeLong(after + i);
                out.writeInt(Long.BYTES);
                out.writeLong(QueuedEvent.postgresMicros(Instant.now()));
                out.write(next(mix).row());
            }
            out.writeShort(-1);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private QueuedEvent next(Mix mix) {
        if (mix == Mix.DEBITS_ALONE) {
            Account account = anyAccount();
            return event(account, debit(new Call(account, new HoldId(Ids.next("dbt")), Money.ZERO)));
        }
        if (open.size() < OPEN_CALLS && random.nextInt(OPEN_CALLS) >= open.size()) {
            Call call = new Call(anyAccount(), new HoldId(Ids.next("req")), new Money(random.nextLong(50_000_000L)));
            open.add(call);
            return event(
                    call.account,
                    new CreditsHeld(
                            call.id,
                            call.held,
                            HoldOrigin.GATEWAY,
                            call.account.session,
                            null,
                            "gpt-5-mini",
                            DAY_ONE.plusSeconds(600)));
        }
        Call call = open.remove(random.nextInt(open.size()));
        return event(call.account, debit(call));
    }

    private UsageDebited debit(Call call) {
        Money cost = new Money(1 + random.nextLong(5_000_000L));
        call.account.balance = call.account.balance.minus(cost);
        return new UsageDebited(
                call.id,
                cost,
                cost,
                call.account.balance,
                call.held.isZero() ? null : call.held,
                call.account.session,
                new Metering(
                        "gpt-5-mini",
                        "openai",
                        new Usage(random.nextLong(4_000), 0, random.nextLong(1_000), 0),
                        UsageSource.PROVIDER,
                        1,
                        "chatcmpl-" + Long.toHexString(random.nextLong())),
                null,
                null);
    }

    private QueuedEvent event(Account account, WalletEvent event) {
        account.sequence++;
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        byte[] metadata = MetadataFormat.encode(
                Map.of("actor", account.session.value(), "requestId", "req" + Long.toString(random.nextLong(), 36)));
        QueuedEvent queued = QueuedEvent.of(
                account.wallet.value(),
                account.sequence,
                UuidV7.next(),
                Instant.now(),
                metadata,
                codec.encode(event),
                salt,
                account.hash);
        account.hash = queued.contentHash();
        return queued;
    }

    private Account anyAccount() {
        return accounts.get(random.nextInt(accounts.size()));
    }

    private static void copy(Connection connection, byte[] rows) throws SQLException {
        var copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy ledger.event (global_position, recorded_at, " + QueuedEvent.ROW_COLUMNS
                        + ") from stdin with (format binary)");
        copy.writeToCopy(rows, 0, rows.length);
        copy.endCopy();
    }
}
