package dev.purser.domain;

import dev.purser.domain.CompositeCommand.EnrolCustomer;
import dev.purser.domain.CompositeCommand.GrantCredits;
import dev.purser.domain.customer.Customer;
import dev.purser.domain.project.Project;
import dev.purser.domain.session.Session;
import dev.purser.domain.session.SessionView;
import dev.purser.domain.wallet.Wallet;
import dev.purser.domain.wallet.WalletView;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Repository;

/** Decides commands that several streams share; all of them are loaded, locked and stored in one unit of work. */
public final class CompositeHandlers {
    private final Repository<Customer> customers;
    private final Repository<Wallet> wallets;
    private final Repository<Session> sessions;
    private final Repository<Project> projects;

    public CompositeHandlers(
            Repository<Customer> customers,
            Repository<Wallet> wallets,
            Repository<Session> sessions,
            Repository<Project> projects) {
        this.customers = customers;
        this.wallets = wallets;
        this.sessions = sessions;
        this.projects = projects;
    }

    @CommandHandler
    SessionView handle(EnrolCustomer command) throws Exception {
        customers
                .loadOrCreate(command.customer().streamId(), Customer::new)
                .execute(customer -> customer.handle(command.customer()));
        wallets.loadOrCreate(command.wallet().streamId(), Wallet::new)
                .execute(wallet -> wallet.handle(command.wallet()));
        return sessions.loadOrCreate(command.session().streamId(), Session::new)
                .invoke(session -> session.handle(command.session()));
    }

    @CommandHandler
    WalletView handle(GrantCredits command) {
        projects.load(command.grant().streamId()).execute(project -> project.handle(command.grant()));
        return wallets.load(command.credit().streamId()).invoke(wallet -> wallet.handle(command.credit()));
    }
}
