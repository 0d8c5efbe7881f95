package dev.purser.gateway;

import dev.purser.domain.ClaimTaken;
import dev.purser.domain.CustomerId;
import dev.purser.domain.Ledger;
import dev.purser.domain.LedgerCommand;
import dev.purser.domain.LedgerUnavailable;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.WalletId;
import dev.purser.domain.pricing.PriceList;
import dev.purser.domain.wallet.CreditKind;
import dev.purser.domain.wallet.FreezeReason;
import dev.purser.domain.wallet.Wallet;
import dev.purser.domain.wallet.WalletCommand.CreditWallet;
import dev.purser.domain.wallet.WalletCommand.FreezeWallet;
import dev.purser.domain.wallet.WalletCommand.OpenWallet;
import dev.purser.domain.wallet.WalletCommand.UnfreezeWallet;
import dev.purser.domain.wallet.WalletEvent;
import dev.purser.domain.wallet.WalletView;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;

/** A ledger in memory with the real rules of wallets and price lists, and failures on demand. */
final class WalletLedger implements Ledger, FirstRequests, AutoCloseable {
    private final Configuration axon = DefaultConfigurer.defaultConfiguration()
            .configureEmbeddedEventStore(_ -> new InMemoryEventStorageEngine())
            .configureAggregate(aggregate(Wallet.class))
            .configureAggregate(aggregate(PriceList.class))
            .buildConfiguration();
    private final Map<String, String> claims = new ConcurrentHashMap<>();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile Predicate<LedgerCommand<?>> failing = _ -> false;
    private volatile boolean storesAllTheSame;
    final List<LedgerCommand<?>> commands = new CopyOnWriteArrayList<>();
    final List<Cause> causes = new CopyOnWriteArrayList<>();

    WalletLedger() {
        axon.start();
    }

    private static <A> AggregateConfigurer<A> aggregate(Class<A> type) {
        return AggregateConfigurer.defaultConfiguration(type)
                .configureCommandTargetResolver(_ -> command -> new VersionedAggregateIdentifier(
                        (Object) ((LedgerCommand<?>) command.getPayload()).streamId(), null));
    }

    @Override
    public <R> R send(LedgerCommand<R> command, Cause cause) {
        commands.add(command);
        causes.add(cause);
        boolean fails = failing.test(command) && failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        if (fails && !storesAllTheSame) {
            throw new LedgerUnavailable("down", false, new IllegalStateException("down"));
        }
        R answer = axon.commandGateway().sendAndWait(command);
        if (fails) {
            throw new LedgerUnavailable("answer lost", false, new IllegalStateException("answer lost"));
        }
        return answer;
    }

    @Override
    public <R> R send(LedgerCommand<R> command, Cause cause, Forget forget) {
        R answer = send(command, cause);
        claims.remove(forget.scope() + " " + forget.key());
        return answer;
    }

    @Override
    public <R> R send(LedgerCommand<R> command, Cause cause, Remember<R> remember) {
        String claim = remember.scope() + " " + remember.key();
        if (claims.putIfAbsent(claim, cause.requestId()) != null) {
            throw new ClaimTaken("idempotency");
        }
        try {
            return send(command, cause);
        } catch (RuntimeException e) {
            claims.remove(claim);
            throw e;
        }
    }

    @Override
    public Optional<String> firstRequest(String scope, String key) {
        return Optional.ofNullable(claims.get(scope + " " + key));
    }

    void failNext(int times, boolean storeAllTheSame, Predicate<LedgerCommand<?>> which) {
        failures.set(times);
        storesAllTheSame = storeAllTheSame;
        failing = which;
    }

    WalletId openWallet(String id, Mode mode, String dollars) {
        WalletId wallet = new WalletId(id);
        Cause cause = new Cause("test", "test");
        send(
                new OpenWallet(wallet, new CustomerId("cus1"), new OrganizationId("org1"), new ProjectId("prj1"), mode),
                cause);
        if (!dollars.equals("0")) {
            send(new CreditWallet(wallet, CreditKind.ADJUSTMENT, Money.of(new BigDecimal(dollars)), null), cause);
        }
        return wallet;
    }

    WalletView wallet(WalletId wallet) {
        // Freezing and thawing answers the state without leaving any.
        send(new FreezeWallet(wallet, FreezeReason.OPERATOR), new Cause("test", "test"));
        return send(new UnfreezeWallet(wallet, FreezeReason.OPERATOR), new Cause("test", "test"));
    }

    List<WalletEvent> events(WalletId wallet) {
        DomainEventStream stream = axon.eventStore().readEvents(wallet.value());
        List<WalletEvent> events = new CopyOnWriteArrayList<>();
        stream.asStream().forEach(message -> events.add((WalletEvent) message.getPayload()));
        return events;
    }

    <E extends WalletEvent> List<E> events(WalletId wallet, Class<E> type) {
        return events(wallet).stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public void close() {
        axon.shutdown();
    }
}
