package dev.purser.domain;

import dev.purser.domain.customer.CustomerCommand.RegisterCustomer;
import dev.purser.domain.project.ProjectCommand.RecordGrant;
import dev.purser.domain.session.SessionCommand.MintSession;
import dev.purser.domain.session.SessionView;
import dev.purser.domain.wallet.WalletCommand.CreditWallet;
import dev.purser.domain.wallet.WalletCommand.OpenWallet;
import dev.purser.domain.wallet.WalletView;

/** What belongs together: several streams decide, one append stores all of it or nothing. */
public sealed interface CompositeCommand<R> extends LedgerCommand<R> {

    /** Registers a customer that was unknown until now, opens its wallet and mints its first session. */
    record EnrolCustomer(RegisterCustomer customer, OpenWallet wallet, MintSession session)
            implements CompositeCommand<SessionView> {
        @Override
        public String streamId() {
            return customer.streamId();
        }
    }

    /** Credits a wallet at the expense of its project's daily grant limit. */
    record GrantCredits(RecordGrant grant, CreditWallet credit) implements CompositeCommand<WalletView> {
        @Override
        public String streamId() {
            return credit.streamId();
        }
    }
}
