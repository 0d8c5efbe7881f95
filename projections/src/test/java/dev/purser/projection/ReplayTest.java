package dev.purser.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.HoldId;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.Rejected;
import dev.purser.domain.customer.CustomerCommand.BlockCustomer;
import dev.purser.domain.customer.CustomerCommand.UpdateProfile;
import dev.purser.domain.session.SessionCommand.RevokeSession;
import dev.purser.domain.wallet.CreditKind;
import dev.purser.domain.wallet.FreezeReason;
import dev.purser.domain.wallet.HoldOrigin;
import dev.purser.domain.wallet.WalletCommand.DebitUsage;
import dev.purser.domain.wallet.WalletCommand.ExpireHold;
import dev.purser.domain.wallet.WalletCommand.FreezeWallet;
import dev.purser.domain.wallet.WalletCommand.ReleaseHold;
import dev.purser.domain.wallet.WalletCommand.RenewHold;
import dev.purser.domain.wallet.WalletCommand.UnfreezeWallet;
import dev.purser.domain.wallet.WalletView;
import dev.purser.eventstore.secret.Ids;
import dev.purser.projection.TestLedger.Enrolled;
import dev.purser.projection.TestLedger.Tenant;
import dev.purser.projection.engine.RebuildState;
import dev.purser.projection.engine.TableComparison;
import dev.purser.projection.wallet.WalletQueries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The law of every read model: whatever has happened, it can be thrown away and projected again to the same rows. */
class ReplayTest {
    private static final int STEPS = 600;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final TestLedger ledger = TestLedger.start();
    private final List<Enrolled> customers = new ArrayList<>();
    private final List<HoldId> holds = new ArrayList<>();

    @AfterEach
    void stop() {
        ledger.close();
    }

    @Test
    void aReplayGivesTheRowsThatWereProjectedLive() {
        somethingOfEverything();
        ledger.settle();
        List<String> live = ledger.dump();

        RebuildState first = ledger.rebuild();
        List<String> once = ledger.dump();
        RebuildState second = ledger.rebuild();
        List<String> twice = ledger.dump();

        assertThat(live).as("seed %d", seed).hasSizeGreaterThan(100);
        assertThat(once).as("seed %d", seed).isEqualTo(live);
        assertThat(twice).as("seed %d", seed).isEqualTo(live);
        assertThat(first.comparisons()).as("seed %d", seed).hasSize(14).allMatch(TableComparison::isEqual);
        assertThat(second.comparisons()).as("seed %d", seed).isEqualTo(first.comparisons());
        assertThat(ledger.projections.deadLetters()).as("seed %d", seed).isEmpty();
    }

    @Test
    void eventsThatComeASecondTimeChangeNothing() {
        somethingOfEverything();
        ledger.settle();
        List<String> live = ledger.dump();

        ledger.projections.stop();
        ledger.database.execute("update projection.position set position = position / 2");
        ledger.projections.start();
        ledger.settle();

        assertThat(ledger.dump()).as("seed %d", seed).isEqualTo(live);
    }

    @Test
    void everyWalletShowsWhatItsAggregateHas() {
        somethingOfEverything();
        WalletQueries queries = new WalletQueries(ledger.database.dataSource());

        for (Enrolled customer : customers) {
            // A freeze that is there already answers the state and changes nothing.
            ledger.send(new FreezeWallet(customer.wallet(), FreezeReason.OPERATOR));
            WalletView truth = ledger.send(new FreezeWallet(customer.wallet(), FreezeReason.OPERATOR));
            ledger.settle();
            assertThat(queries.balance(customer.wallet())).hasValueSatisfying(shown -> {
                assertThat(shown.balance()).as("seed %d", seed).isEqualTo(truth.balance());
                assertThat(shown.held()).as("seed %d", seed).isEqualTo(truth.held());
                assertThat(shown.frozen()).isTrue();
            });
            assertThat(queries.balanceAt(customer.wallet(), ledger.engine.log().head()))
                    .as("seed %d", seed)
                    .isEqualTo(queries.balance(customer.wallet()));
        }
    }

    private void somethingOfEverything() {
        Tenant tenant = ledger.tenant();
        for (int i = 0; i < 5; i++) {
            Tenant world = i % 2 == 0 ? tenant : tenant.in(Mode.LIVE);
            Enrolled customer = ledger.enrol(world, "user-" + i, "user" + i + "@example.com", null);
            ledger.credit(customer.wallet(), CreditKind.TOPUP, Money.ofDollars(20), "first");
            customers.add(customer);
        }
        new MoneyHistory(ledger, 2, random.nextLong()).live(STEPS / 2);
        for (int i = 0; i < STEPS; i++) {
            try {
                step(customers.get(random.nextInt(customers.size())));
            } catch (Rejected refused) {
                // Random commands are refused now and then; a refusal stores nothing.
                assertThat(refused.rejection()).isNotNull();
            }
        }
    }

    private void step(Enrolled customer) {
        switch (random.nextInt(12)) {
            case 0 -> ledger.credit(customer.wallet(), CreditKind.BONUS, cents(100), "gift");
            case 1 -> ledger.credit(customer.wallet(), CreditKind.ADJUSTMENT, cents(50), "erased");
            case 2, 3 -> holds.add(ledger.gatewayHold(customer, cents(100)));
            case 4 ->
                holds.add(ledger.hold(
                        customer, HoldOrigin.BACKEND, cents(100), Instant.now().plusSeconds(60)));
            case 5 -> ledger.capture(customer, anyHold(), HoldOrigin.GATEWAY, cents(150));
            case 6 -> ledger.capture(customer, anyHold(), HoldOrigin.BACKEND, cents(20));
            case 7 -> ledger.send(new ReleaseHold(customer.wallet(), anyHold(), HoldOrigin.GATEWAY));
            case 8 -> {
                ledger.send(new ExpireHold(
                        customer.wallet(), anyHold(), Instant.now().plus(Duration.ofHours(1))));
                ledger.send(new RenewHold(
                        customer.wallet(),
                        anyHold(),
                        Instant.now().plusSeconds(900),
                        cents(10),
                        TestLedger.metering()));
            }
            case 9 ->
                ledger.send(new DebitUsage(
                        customer.wallet(),
                        new HoldId(Ids.next("dbt")),
                        cents(10),
                        null,
                        TestLedger.seal("by hand"),
                        null));
            case 10 -> {
                ledger.send(new FreezeWallet(customer.wallet(), FreezeReason.BACKEND));
                ledger.send(new UnfreezeWallet(customer.wallet(), FreezeReason.BACKEND));
            }
            default -> {
                ledger.send(new UpdateProfile(customer.customer(), null, TestLedger.seal("Name " + random.nextInt())));
                if (random.nextInt(10) == 0) {
                    ledger.send(new BlockCustomer(customer.customer()));
                    ledger.send(new RevokeSession(customer.session()));
                }
            }
        }
    }

    private Money cents(int most) {
        return new Money((1 + random.nextInt(most)) * 10_000_000L);
    }

    private HoldId anyHold() {
        return holds.isEmpty() ? new HoldId("none") : holds.get(random.nextInt(holds.size()));
    }
}
