package dev.purser.eventstore;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Repository;

/** A command handler that involves two accounts in one decision. Public, because Axon calls it by reflection. */
public final class Transfers {

    private final Repository<Account> accounts;

    Transfers(Repository<Account> accounts) {
        this.accounts = accounts;
    }

    /** From one account to another, which is opened if need be. */
    public record Transfer(String from, String to, long amount) {}

    /** Credits the second account by the balance of the first, which is only read. */
    public record CopyBalance(String from, String to) {}

    @CommandHandler
    public long transfer(Transfer command) throws Exception {
        long left = accounts.load(command.from())
                .invoke(account -> account.debit(new Account.Debit(command.amount(), null)));
        accounts.loadOrCreate(command.to(), () -> new Account(command.to()))
                .execute(account -> account.credit(new Account.Credit(command.amount(), null)));
        return left;
    }

    @CommandHandler
    public long copyBalance(CopyBalance command) {
        long balance = accounts.load(command.from()).invoke(Account::balance);
        return accounts.load(command.to()).invoke(account -> account.credit(new Account.Credit(balance, null)));
    }
}
