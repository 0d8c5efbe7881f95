package dev.purser.app.wiring;

import dev.purser.command.admin.KeyController;
import dev.purser.command.admin.OrganizationController;
import dev.purser.command.admin.ProjectController;
import dev.purser.command.admin.ProjectionCare;
import dev.purser.command.admin.ProjectionCareController;
import dev.purser.command.admin.PromotionController;
import dev.purser.command.admin.Tenants;
import dev.purser.command.config.ConfigController;
import dev.purser.command.config.PaymentsConfig;
import dev.purser.command.customer.CustomerController;
import dev.purser.command.hold.HoldController;
import dev.purser.command.secret.NewTokens;
import dev.purser.command.secret.PersonalData;
import dev.purser.command.session.KnownProfiles;
import dev.purser.command.session.SessionController;
import dev.purser.command.session.SessionOwners;
import dev.purser.command.wallet.CreditController;
import dev.purser.command.wallet.DebitController;
import dev.purser.command.wallet.FreezeController;
import dev.purser.command.wallet.TermsController;
import dev.purser.command.wallet.WalletAccess;
import dev.purser.domain.Ledger;
import dev.purser.domain.pricing.PriceBook;
import dev.purser.edge.idempotency.Idempotency;
import dev.purser.eventstore.secret.BlindIndex;
import dev.purser.eventstore.secret.Vault;
import dev.purser.projection.access.AccessDirectory;
import dev.purser.projection.access.TenantDirectory;
import dev.purser.projection.customer.CustomerQueries;
import dev.purser.projection.engine.Projections;
import dev.purser.projection.engine.Rebuilds;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The routes that write. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class CommandWiring {

    @Bean
    PersonalData personalData(Vault vault, BlindIndex blindIndex) {
        return PersonalData.of(vault, blindIndex);
    }

    @Bean
    Tenants tenants(TenantDirectory directory) {
        return Tenants.of(directory);
    }

    @Bean
    CustomerQueries customerQueries(DataSource dataSource) {
        return new CustomerQueries(dataSource);
    }

    @Bean
    WalletAccess walletAccess(AccessDirectory directory) {
        return new WalletAccess(directory);
    }

    @Bean
    SessionController sessionController(
            Idempotency idempotency,
            AccessDirectory directory,
            PersonalData personalData,
            CustomerQueries customers,
            JdbcClient jdbc,
            NewTokens tokens,
            PaymentsConfig payments,
            Clock clock) {
        return new SessionController(
                idempotency,
                directory,
                personalData,
                KnownProfiles.of(customers),
                SessionOwners.of(jdbc),
                tokens,
                payments,
                clock);
    }

    @Bean
    CreditController creditController(
            Idempotency idempotency, WalletAccess wallets, PersonalData personalData, Clock clock) {
        return new CreditController(idempotency, wallets, personalData, clock);
    }

    @Bean
    DebitController debitController(
            Idempotency idempotency, WalletAccess wallets, PersonalData personalData, PriceBook prices) {
        return new DebitController(idempotency, wallets, personalData, prices);
    }

    @Bean
    FreezeController freezeController(Idempotency idempotency, WalletAccess wallets) {
        return new FreezeController(idempotency, wallets);
    }

    @Bean
    TermsController termsController(Idempotency idempotency, WalletAccess wallets) {
        return new TermsController(idempotency, wallets);
    }

    @Bean
    PromotionController promotionController(Idempotency idempotency, Tenants tenants, Clock clock) {
        return new PromotionController(idempotency, tenants, clock);
    }

    @Bean
    HoldController holdController(
            Idempotency idempotency, WalletAccess wallets, AccessDirectory directory, Clock clock) {
        return new HoldController(idempotency, wallets, directory, clock);
    }

    @Bean
    CustomerController customerController(Idempotency idempotency, AccessDirectory directory) {
        return new CustomerController(idempotency, directory);
    }

    @Bean
    ConfigController configController(PaymentsConfig payments) {
        return new ConfigController(payments);
    }

    @Bean
    OrganizationController organizationController(Idempotency idempotency, Ledger ledger, Tenants tenants) {
        return new OrganizationController(idempotency, ledger, tenants);
    }

    @Bean
    ProjectController projectController(Idempotency idempotency, Ledger ledger, Tenants tenants) {
        return new ProjectController(idempotency, ledger, tenants);
    }

    @Bean
    ProjectionCareController projectionCareController(Projections projections, Rebuilds rebuilds) {
        return new ProjectionCareController(ProjectionCare.of(projections, rebuilds));
    }

    @Bean
    KeyController keyController(Idempotency idempotency, Tenants tenants, NewTokens tokens, Clock clock) {
        return new KeyController(idempotency, tenants, tokens, clock);
    }
}
