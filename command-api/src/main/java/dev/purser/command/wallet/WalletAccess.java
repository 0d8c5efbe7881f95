package dev.purser.command.wallet;

import dev.purser.domain.WalletId;
import dev.purser.edge.Caller;
import dev.purser.edge.Problem;
import dev.purser.edge.request.PathIds;
import dev.purser.projection.access.AccessDirectory;
import dev.purser.projection.access.CustomerAccess;

/** The wallets a backend may touch: its project's, in its key's mode; all others do not exist for it. Thread-safe. */
public final class WalletAccess {
    private final AccessDirectory directory;

    public WalletAccess(AccessDirectory directory) {
        this.directory = directory;
    }

    public CustomerAccess require(Caller.Backend caller, String id) {
        WalletId walletId = PathIds.wallet(id);
        return directory
                .wallet(caller.access().projectId(), caller.access().mode(), walletId)
                .orElseThrow(() -> Problem.notFound("wallet"));
    }
}
