package dev.purser.projection.access;

import dev.purser.domain.HoldId;
import dev.purser.domain.Mode;
import dev.purser.domain.ProjectId;
import dev.purser.domain.WalletId;

/** A hold made by a backend: where it lives and how it ended. */
public record HoldAccess(HoldId holdId, WalletId walletId, ProjectId projectId, Mode mode, HoldStatus status) {
    public enum HoldStatus {
        OPEN,
        CAPTURED,
        RELEASED,
        EXPIRED
    }
}
