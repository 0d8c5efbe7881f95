package dev.purser.projection.access;

import dev.purser.domain.CustomerId;
import dev.purser.domain.HoldId;
import dev.purser.domain.Mode;
import dev.purser.domain.ProjectId;
import dev.purser.domain.WalletId;
import java.util.List;
import java.util.Optional;

/**
 * Look-ups by primary key in the inline tables: current to the last durable event, on every node. Thread-safe.
 *
 * <p>Fingerprints come as a list: a token has one under each server key that is still accepted.
 */
public interface AccessDirectory {
    Optional<PlatformAccess> platformKey(List<String> fingerprints);

    Optional<StaffAccess> staffKey(List<String> fingerprints);

    Optional<SessionAccess> session(List<String> fingerprints);

    /** By the blind index of the external id. */
    Optional<CustomerAccess> customerByExternalId(ProjectId projectId, Mode mode, String externalIdIndex);

    /** Empty for a customer of another project or mode. */
    Optional<CustomerAccess> customer(ProjectId projectId, Mode mode, CustomerId customerId);

    /** Empty for a wallet of another project or mode. */
    Optional<CustomerAccess> wallet(ProjectId projectId, Mode mode, WalletId walletId);

    /** Empty for a hold of another project or mode, and for a gateway's. */
    Optional<HoldAccess> backendHold(ProjectId projectId, Mode mode, HoldId holdId);
}
