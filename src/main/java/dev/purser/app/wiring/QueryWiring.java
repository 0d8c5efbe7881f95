package dev.purser.app.wiring;

import dev.purser.edge.request.PositionCursor;
import dev.purser.eventstore.log.EventLog;
import dev.purser.eventstore.secret.Fingerprints;
import dev.purser.projection.access.AccessDirectory;
import dev.purser.projection.access.TenantDirectory;
import dev.purser.projection.customer.CustomerQueries;
import dev.purser.projection.engine.Projections;
import dev.purser.projection.engine.Rebuilds;
import dev.purser.projection.entry.EntryQueries;
import dev.purser.projection.request.RequestQueries;
import dev.purser.projection.wallet.WalletQueries;
import dev.purser.query.admin.ProjectionController;
import dev.purser.query.admin.TenantController;
import dev.purser.query.customer.CustomerController;
import dev.purser.query.page.Freshness;
import dev.purser.query.request.RequestController;
import dev.purser.query.wallet.LedgerController;
import dev.purser.query.wallet.OwnWalletController;
import dev.purser.query.wallet.WalletController;
import java.util.HexFormat;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The routes that read. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class QueryWiring {

    @Bean
    Freshness freshness(Projections projections) {
        return new Freshness(projections);
    }

    @Bean
    EntryQueries entryQueries(DataSource dataSource) {
        return new EntryQueries(dataSource);
    }

    /** The same key on every node, and of no use for anything but cursors. */
    @Bean
    PositionCursor positionCursor(Fingerprints fingerprints) {
        return new PositionCursor(HexFormat.of().parseHex(fingerprints.fingerprint("purser ledger cursor v1")));
    }

    @Bean
    WalletController walletQueryController(
            AccessDirectory directory, WalletQueries wallets, EventLog log, Freshness freshness) {
        return new WalletController(directory, wallets, log, freshness);
    }

    @Bean
    LedgerController ledgerController(
            AccessDirectory directory, EntryQueries entries, PositionCursor cursors, Freshness freshness) {
        return new LedgerController(directory, entries, cursors, freshness);
    }

    @Bean
    OwnWalletController ownWalletController(WalletQueries wallets, EntryQueries entries, Freshness freshness) {
        return new OwnWalletController(wallets, entries, freshness);
    }

    @Bean
    CustomerController customerQueryController(
            AccessDirectory directory, CustomerQueries customers, EntryQueries entries, Freshness freshness) {
        return new CustomerController(directory, customers, entries, freshness);
    }

    @Bean
    RequestController requestController(DataSource dataSource, Freshness freshness) {
        return new RequestController(new RequestQueries(dataSource), freshness);
    }

    @Bean
    TenantController tenantController(TenantDirectory directory) {
        return new TenantController(directory);
    }

    @Bean
    ProjectionController projectionController(Projections projections, Rebuilds rebuilds) {
        return new ProjectionController(projections, rebuilds);
    }
}
