package dev.purser.projection.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.purser.domain.HoldId;
import dev.purser.domain.Ledger;
import dev.purser.domain.LedgerCommand;
import dev.purser.domain.Money;
import dev.purser.domain.wallet.HoldOrigin;
import dev.purser.projection.TestLedger;
import dev.purser.projection.TestLedger.Enrolled;
import dev.purser.projection.request.RequestQueries;
import dev.purser.projection.request.RequestStatus;
import dev.purser.projection.wallet.WalletQueries;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HoldExpiryTest {
    private static final Money ONE = Money.ofDollars(1);

    private final TestLedger ledger = TestLedger.start();
    private final WalletQueries wallets = new WalletQueries(ledger.database.dataSource());
    private final Enrolled customer = ledger.enrol(ledger.tenant(), "a");
    private final Instant now = Instant.now();

    @BeforeEach
    void tenDollars() {
        ledger.credit(customer.wallet(), 10);
    }

    @AfterEach
    void stop() {
        ledger.close();
    }

    @Test
    void closesOverdueHoldsOfBothOriginsAndLeavesTheOthers() {
        HoldId gateway = ledger.hold(customer, HoldOrigin.GATEWAY, ONE, now.plusSeconds(1));
        ledger.hold(customer, HoldOrigin.BACKEND, ONE, now.plusSeconds(1));
        ledger.hold(customer, HoldOrigin.BACKEND, ONE, now.plusSeconds(600));
        ledger.settle();

        int found = expiryAt(now.plusSeconds(2)).expireOverdue();
        ledger.settle();

        assertThat(found).isEqualTo(2);
        assertThat(wallets.balance(customer.wallet()).orElseThrow().held()).isEqualTo(ONE);
        assertThat(new RequestQueries(ledger.database.dataSource())
                        .receipt(gateway)
                        .orElseThrow()
                        .status())
                .isEqualTo(RequestStatus.EXPIRED);
        assertThat(expiryAt(now.plusSeconds(2)).expireOverdue()).isZero();
    }

    @Test
    void leavesTheLastWordToTheWallet() {
        HoldId hold = ledger.hold(customer, HoldOrigin.BACKEND, ONE, now.plusSeconds(1));
        ledger.settle();
        ledger.projections.stop();
        ledger.capture(customer, hold, HoldOrigin.BACKEND, ONE);
        long head = ledger.engine.log().head();

        int found = expiryAt(now.plusSeconds(2)).expireOverdue();

        assertThat(found).isEqualTo(1);
        assertThat(ledger.engine.log().head()).isEqualTo(head);
    }

    @Test
    void isNotHeldUpByOneWalletThatCannotAnswer() {
        Enrolled other = ledger.enrol(customer.tenant(), "other");
        ledger.credit(other.wallet(), 1);
        ledger.hold(customer, HoldOrigin.BACKEND, ONE, now.plusSeconds(1));
        ledger.hold(other, HoldOrigin.BACKEND, ONE, now.plusSeconds(2));
        ledger.settle();
        Ledger oneFails = new Ledger() {
            @Override
            public <R> R send(LedgerCommand<R> command, Cause cause) {
                if (command.streamId().equals(customer.wallet().value())) {
                    throw new IllegalStateException("cannot be loaded");
                }
                return ledger.send(command, cause);
            }

            @Override
            public <R> R send(LedgerCommand<R> command, Cause cause, Remember<R> remember) {
                return send(command, cause);
            }

            @Override
            public <R> R send(LedgerCommand<R> command, Cause cause, Forget forget) {
                return send(command, cause);
            }
        };

        new HoldExpiry(
                        wallets,
                        oneFails,
                        () -> true,
                        Clock.fixed(now.plusSeconds(3), ZoneOffset.UTC),
                        Duration.ofMinutes(1))
                .expireOverdue();
        ledger.settle();

        assertThat(wallets.balance(customer.wallet()).orElseThrow().held()).isEqualTo(ONE);
        assertThat(wallets.balance(other.wallet()).orElseThrow().held()).isEqualTo(Money.ZERO);
    }

    @Test
    void looksAgainAndAgainUntilItIsStopped() {
        ledger.settle();
        try (HoldExpiry expiry =
                new HoldExpiry(wallets, ledger, () -> true, Clock.systemUTC(), Duration.ofMillis(20))) {
            expiry.start();
            ledger.hold(customer, HoldOrigin.GATEWAY, ONE, Instant.now().plusMillis(50));
            await().until(() -> wallets.balance(customer.wallet())
                            .orElseThrow()
                            .held()
                            .equals(Money.ZERO)
                    && ledger.database.rows("select 1 from projection.hold").size() == 1);

            expiry.stop();
            ledger.hold(customer, HoldOrigin.GATEWAY, ONE, Instant.now().plusMillis(1));
            ledger.settle();

            assertThat(wallets.balance(customer.wallet()).orElseThrow().held()).isEqualTo(ONE);
        }
    }

    @Test
    void leavesItToAnotherNodeUntilItsTurnComes() {
        AtomicInteger asked = new AtomicInteger();
        AtomicBoolean turn = new AtomicBoolean();
        BooleanSupplier counted = () -> {
            asked.incrementAndGet();
            return turn.get();
        };
        ledger.hold(customer, HoldOrigin.GATEWAY, ONE, Instant.now().plusMillis(1));
        ledger.settle();
        try (HoldExpiry expiry = new HoldExpiry(wallets, ledger, counted, Clock.systemUTC(), Duration.ofMillis(20))) {
            expiry.start();
            await().until(() -> asked.get() > 3);
            ledger.settle();
            assertThat(wallets.balance(customer.wallet()).orElseThrow().held()).isEqualTo(ONE);

            turn.set(true);
            await().until(() ->
                    wallets.balance(customer.wallet()).orElseThrow().held().equals(Money.ZERO));
        }
    }

    private HoldExpiry expiryAt(Instant time) {
        return new HoldExpiry(wallets, ledger, () -> true, Clock.fixed(time, ZoneOffset.UTC), Duration.ofMinutes(1));
    }
}
