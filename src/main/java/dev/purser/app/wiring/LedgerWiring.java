package dev.purser.app.wiring;

import dev.purser.app.database.LedgerDatabase;
import dev.purser.app.node.Cluster;
import dev.purser.app.node.Node;
import dev.purser.app.secret.ServerSecrets;
import dev.purser.command.secret.NewTokens;
import dev.purser.domain.Ledger;
import dev.purser.eventstore.LedgerEngine;
import dev.purser.eventstore.log.EventLog;
import dev.purser.eventstore.secret.BlindIndex;
import dev.purser.eventstore.secret.Fingerprints;
import dev.purser.eventstore.secret.Vault;
import dev.purser.projection.LedgerAssembly;
import dev.purser.projection.ReadModels;
import dev.purser.projection.access.AccessDirectory;
import dev.purser.projection.access.PostgresAccessDirectory;
import dev.purser.projection.access.TenantDirectory;
import dev.purser.projection.engine.Projections;
import dev.purser.projection.engine.Rebuilds;
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

    /** So long a leader that is cut off from the database waits before it knows: by then another leads. */
    private static final Duration CLUSTER_WRITER_PATIENCE = Duration.ofSeconds(5);

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
    LedgerEngine ledgerEngine(LedgerDatabase database, Clock clock, ObjectProvider<Node> node) {
        Node self = node.getIfAvailable();
        DataSource writes = self == null
                ? database.dedicatedConnections()
                : database.dedicatedConnections(self.writerName(), CLUSTER_WRITER_PATIENCE);
        return LedgerAssembly.engine()
                .reads(database.dataSource())
                .writes(writes::getConnection)
                .standby(self != null)
                .clock(clock)
                .build();
    }

    @Bean
    Ledger ledger(LedgerEngine engine, Clock clock, ObjectProvider<Cluster> cluster) {
        Cluster nodes = cluster.getIfAvailable();
        return nodes == null ? new EngineLedger(engine, clock) : nodes.ledger();
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
    Rebuilds rebuilds(LedgerEngine engine, LedgerDatabase database, Unsealer unsealer) {
        return new Rebuilds(
                engine.log(),
                engine.codec(),
                database.dedicatedConnections(Rebuilds.SESSION_NAME, Duration.ZERO),
                ReadModels.all(unsealer));
    }

    @Bean
    WalletQueries walletQueries(DataSource dataSource) {
        return new WalletQueries(dataSource);
    }

    @Bean(destroyMethod = "")
    HoldExpiry holdExpiry(WalletQueries wallets, Ledger ledger, LedgerEngine engine, Clock clock) {
        return new HoldExpiry(wallets, ledger, engine::isLeading, clock, HOLD_EXPIRY_INTERVAL);
    }

    @Bean
    WriterHealth writerHealthIndicator(EventLog log, Projections projections, ObjectProvider<Cluster> cluster) {
        Cluster nodes = cluster.getIfAvailable();
        return new WriterHealth(log, projections, nodes == null ? null : nodes.leadership());
    }

    @Bean
    LedgerLifecycle ledgerLifecycle(
            LedgerEngine engine,
            ObjectProvider<Cluster> cluster,
            Projections projections,
            HoldExpiry expiry,
            ObjectProvider<OnLedgerOpen> onOpen) {
        return new LedgerLifecycle(
                engine,
                cluster.getIfAvailable(),
                projections,
                expiry,
                onOpen.orderedStream().toList());
    }
}
