package dev.purser.app.wiring;

import dev.purser.app.database.LedgerDatabase;
import dev.purser.app.secret.ServerSecrets;
import dev.purser.command.secret.NewTokens;
import dev.purser.domain.CompositeHandlers;
import dev.purser.domain.Ledger;
import dev.purser.domain.LedgerCommand;
import dev.purser.domain.LedgerEvents;
import dev.purser.domain.customer.Customer;
import dev.purser.domain.key.PlatformKey;
import dev.purser.domain.organization.Organization;
import dev.purser.domain.pricing.PriceList;
import dev.purser.domain.project.Project;
import dev.purser.domain.session.Session;
import dev.purser.domain.wallet.Wallet;
import dev.purser.eventstore.LedgerEngine;
import dev.purser.eventstore.codec.EventTypes;
import dev.purser.eventstore.codec.JsonEventCodec;
import dev.purser.eventstore.log.EventLog;
import dev.purser.eventstore.secret.BlindIndex;
import dev.purser.eventstore.secret.Fingerprints;
import dev.purser.eventstore.secret.Vault;
import dev.purser.projection.ReadModels;
import dev.purser.projection.access.AccessDirectory;
import dev.purser.projection.access.AccessProjector;
import dev.purser.projection.access.PostgresAccessDirectory;
import dev.purser.projection.access.TenantDirectory;
import dev.purser.projection.engine.Projections;
import dev.purser.projection.engine.Unsealer;
import dev.purser.projection.expiry.HoldExpiry;
import dev.purser.projection.wallet.WalletQueries;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The ledger, what follows it, and what keeps its secrets. */
@Configuration(proxyBeanMethods = false)
class LedgerWiring {
    private static final Duration HOLD_EXPIRY_INTERVAL = Duration.ofSeconds(5);

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Fingerprints fingerprints(ServerSecrets secrets) {
        return new Fingerprints(secrets.fingerprintKeys().newestFirst());
    }

    @Bean
    BlindIndex blindIndex(ServerSecrets secrets) {
        return new BlindIndex(secrets.fingerprintKeys().newestFirst());
    }

    @Bean
    Vault vault(LedgerDatabase database, ServerSecrets secrets) {
        return new Vault(database.dataSource(), secrets.encryptionKeys().newestFirst());
    }

    /** Not closed by Spring but stopped by {@link LedgerLifecycle}, in its order. */
    @Bean(destroyMethod = "")
    LedgerEngine ledgerEngine(LedgerDatabase database, Clock clock) {
        EventTypes.Builder types = EventTypes.builder();
        LedgerEvents.types().forEach(types::add);
        return LedgerEngine.builder()
                .reads(database.dataSource())
                .writes(database.dedicatedConnections()::getConnection)
                .codec(new JsonEventCodec(types.build()))
                .clock(clock)
                .streamOfCommand(command -> ((LedgerCommand<?>) command).streamId())
                .inlineProjector(new AccessProjector())
                .registerAggregate(Organization.class, id -> new Organization())
                .registerAggregate(Project.class, id -> new Project())
                .registerAggregate(PlatformKey.class, id -> new PlatformKey())
                .registerAggregate(Customer.class, id -> new Customer())
                .registerAggregate(Wallet.class, id -> new Wallet())
                .registerAggregate(Session.class, id -> new Session())
                .registerAggregate(PriceList.class, id -> new PriceList())
                .registerHandler(repositories -> new CompositeHandlers(
                        repositories.repositoryFor(Customer.class),
                        repositories.repositoryFor(Wallet.class),
                        repositories.repositoryFor(Session.class),
                        repositories.repositoryFor(Project.class)))
                .build();
    }

    @Bean
    Ledger ledger(LedgerEngine engine, Clock clock) {
        return new EngineLedger(engine, clock);
    }

    @Bean
    EventLog eventLog(LedgerEngine engine) {
        return engine.log();
    }

    @Bean
    AccessDirectory accessDirectory(DataSource dataSource) {
        return new PostgresAccessDirectory(dataSource);
    }

    @Bean
    TenantDirectory tenantDirectory(DataSource dataSource) {
        return new TenantDirectory(dataSource);
    }

    @Bean
    NewTokens newTokens(Fingerprints fingerprints) {
        return new NewTokens(fingerprints::fingerprint);
    }

    @Bean
    Unsealer unsealer(Vault vault) {
        return (customerId, text) -> vault.unseal(
                        customerId, Base64.getDecoder().decode(text.base64()))
                .orElse(null);
    }

    @Bean(destroyMethod = "")
    Projections projections(LedgerEngine engine, DataSource dataSource, Unsealer unsealer) {
        return new Projections(engine.log(), engine.codec(), dataSource, ReadModels.all(unsealer));
    }

    @Bean
    WalletQueries walletQueries(DataSource dataSource) {
        return new WalletQueries(dataSource);
    }

    @Bean(destroyMethod = "")
    HoldExpiry holdExpiry(WalletQueries wallets, Ledger ledger, Clock clock) {
        return new HoldExpiry(wallets, ledger, clock, HOLD_EXPIRY_INTERVAL);
    }

    @Bean
    WriterHealth writerHealthIndicator(EventLog log, Projections projections) {
        return new WriterHealth(log, projections);
    }

    @Bean
    LedgerLifecycle ledgerLifecycle(
            LedgerEngine engine, Projections projections, HoldExpiry expiry, ObjectProvider<OnLedgerOpen> onOpen) {
        return new LedgerLifecycle(
                engine, projections, expiry, onOpen.orderedStream().toList());
    }
}
