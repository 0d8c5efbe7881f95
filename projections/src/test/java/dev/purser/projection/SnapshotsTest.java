package dev.purser.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.CustomerId;
import dev.purser.domain.HoldId;
import dev.purser.domain.LedgerCommand;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.PayoutId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.Rejected;
import dev.purser.domain.SessionId;
import dev.purser.domain.TopUpId;
import dev.purser.domain.WalletId;
import dev.purser.domain.margin.HoldBack;
import dev.purser.domain.organization.OrganizationCommand.GrantPromotionalCredits;
import dev.purser.domain.organization.OrganizationCommand.LinkStripeAccount;
import dev.purser.domain.organization.OrganizationCommand.RegisterOrganization;
import dev.purser.domain.organization.OrganizationView;
import dev.purser.domain.payout.PayoutCommand.RequestPayout;
import dev.purser.domain.payout.PayoutView;
import dev.purser.domain.project.ProjectCommand.CreateProject;
import dev.purser.domain.project.ProjectSettings;
import dev.purser.domain.topup.TopUpCommand.QuoteTopUp;
import dev.purser.domain.topup.TopUpCommand.SettleTopUp;
import dev.purser.domain.wallet.CreditKind;
import dev.purser.domain.wallet.HoldOrigin;
import dev.purser.domain.wallet.SessionCap;
import dev.purser.domain.wallet.WalletCommand.CaptureHold;
import dev.purser.domain.wallet.WalletCommand.ChangeWalletTerms;
import dev.purser.domain.wallet.WalletCommand.CreditWallet;
import dev.purser.domain.wallet.WalletCommand.ExpireHold;
import dev.purser.domain.wallet.WalletCommand.HoldCredits;
import dev.purser.domain.wallet.WalletCommand.OpenWallet;
import dev.purser.domain.wallet.WalletTerms;
import dev.purser.domain.wallet.WalletTerms.Term;
import dev.purser.domain.wallet.WalletView;
import dev.purser.eventstore.EngineLimits;
import dev.purser.eventstore.LedgerEngine;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Through the real ledger: what is loaded from a snapshot is what is loaded from all its events. */
class SnapshotsTest {
    private static final WalletId WALLET = new WalletId("wal1");
    private static final Instant LATER = Instant.parse("2027-01-01T00:00:00Z");
    private static final int RESTARTS = 3;
    private static final int COMMANDS = 60;

    private final TestDatabase database = TestDatabase.create();
    private LedgerEngine engine = started();

    private LedgerEngine started() {
        EngineLimits limits = EngineLimits.defaults();
        LedgerEngine started = LedgerAssembly.engine()
                .reads(database.dataSource())
                .writes(database::connect)
                .limits(new EngineLimits(
                        limits.queuedAppends(),
                        limits.queuedBytes(),
                        limits.batchAppends(),
                        limits.batchBytes(),
                        limits.cachedAggregates(),
                        limits.knownHeads(),
                        limits.attempts(),
                        limits.leadWait(),
                        limits.recoverFor(),
                        7))
                .build();
        started.start();
        return started;
    }

    private <R> R send(LedgerCommand<R> command) {
        return engine.send(command, command.streamId(), Map.of("actor", "test"), null);
    }

    private WalletView view() {
        return send(new ExpireHold(WALLET, new HoldId("none"), LATER));
    }

    private void command(Random random) {
        HoldId hold = new HoldId("h" + random.nextInt(12));
        Money amount = new Money(1 + random.nextInt(1_000));
        SessionId session = new SessionId("s" + random.nextInt(3));
        try {
            switch (random.nextInt(4)) {
                case 0 -> send(new CreditWallet(WALLET, CreditKind.ADJUSTMENT, amount, null));
                case 1 ->
                    send(new HoldCredits(
                            WALLET,
                            hold,
                            amount,
                            HoldOrigin.GATEWAY,
                            session,
                            new SessionCap(new Money(5_000), LATER),
                            "m",
                            LATER));
                case 2 -> send(new CaptureHold(WALLET, hold, HoldOrigin.GATEWAY, amount, null, LATER));
                default -> send(new ExpireHold(WALLET, hold, random.nextBoolean() ? LATER : Instant.EPOCH));
            }
        } catch (Rejected refused) {
            // A rule of the wallet: as good as any other answer here.
        }
    }

    @Test
    void aWalletIsTheSameWhetherItsSnapshotIsThereOrNot() throws SQLException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        send(new OpenWallet(
                WALLET, new CustomerId("cus1"), new OrganizationId("org1"), new ProjectId("prj1"), Mode.LIVE));
        for (int restart = 0; restart < RESTARTS; restart++) {
            for (int i = 0; i < COMMANDS; i++) {
                command(random);
            }
            WalletView live = view();
            engine.stop();
            assertThat(snapshots()).as("seed %d", seed).isEqualTo(1);
            engine = started();
            assertThat(view()).as("by snapshot, seed %d", seed).isEqualTo(live);
            engine.stop();
            execute("delete from cache.snapshot");
            engine = started();
            assertThat(view()).as("by events, seed %d", seed).isEqualTo(live);
        }
        engine.stop();
        database.close();
    }

    @Test
    void anOrganizationAndItsMarginAccountAreTooAfterManyTopUps() throws SQLException {
        OrganizationId organization = new OrganizationId("org1");
        ProjectId project = new ProjectId("prj1");
        CustomerId customer = new CustomerId("cus1");
        send(new RegisterOrganization(organization, "Acme"));
        send(new GrantPromotionalCredits(organization, Money.ofDollars(100), null));
        send(new CreateProject(project, organization, "Chat", ProjectSettings.DEFAULTS));
        send(new OpenWallet(WALLET, customer, organization, project, Mode.LIVE));
        send(new ChangeWalletTerms(
                WALLET, new WalletTerms(BigDecimal.TEN, BigDecimal.TEN, null), EnumSet.allOf(Term.class)));
        for (int i = 0; i < 30; i++) {
            TopUpId topUp = new TopUpId("tup" + i);
            Money total = send(new QuoteTopUp(
                            topUp, WALLET, customer, organization, project, Mode.LIVE, 11, BigDecimal.ZERO))
                    .quote()
                    .totalAmount();
            send(new SettleTopUp(topUp, "pi_" + i, null, total, "usd", Mode.LIVE, LATER));
        }
        PayoutView payout = payout(organization);
        OrganizationView live = send(new LinkStripeAccount(organization, "acct_1"));
        assertThat(payout.amount()).isEqualTo(Money.ofDollars(30));
        assertThat(live.promotionalCredits().availableAt(LATER)).isEqualTo(Money.ofDollars(70));
        engine.stop();
        assertThat(snapshots()).as("of wallet, organization, margin account").isEqualTo(3);
        engine = started();
        assertThat(send(new LinkStripeAccount(organization, "acct_2"))).isEqualTo(live);
        assertThat(payout(organization)).isEqualTo(payout);
        engine.stop();
        execute("delete from cache.snapshot");
        engine = started();
        assertThat(send(new LinkStripeAccount(organization, "acct_3"))).isEqualTo(live);
        assertThat(payout(organization)).isEqualTo(payout);
        engine.stop();
        database.close();
    }

    private PayoutView payout(OrganizationId organization) {
        return send(new RequestPayout(new PayoutId("pyt1"), organization, "acct_1", HoldBack.NONE, false, LATER));
    }

    private int snapshots() throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from cache.snapshot")) {
            count.next();
            return count.getInt(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
