package dev.purser.edge.access;

import dev.purser.domain.CustomerId;
import dev.purser.domain.HoldId;
import dev.purser.domain.Mode;
import dev.purser.domain.ProjectId;
import dev.purser.domain.WalletId;
import dev.purser.projection.access.AccessDirectory;
import dev.purser.projection.access.CustomerAccess;
import dev.purser.projection.access.HoldAccess;
import dev.purser.projection.access.PlatformAccess;
import dev.purser.projection.access.SessionAccess;
import dev.purser.projection.access.StaffAccess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Knows tokens by their fingerprints and remembers what it was asked for. */
public final class FakeDirectory implements AccessDirectory {
    public final Map<String, PlatformAccess> platform = new HashMap<>();
    public final Map<String, StaffAccess> staff = new HashMap<>();
    public final Map<String, SessionAccess> sessions = new HashMap<>();
    public final List<List<String>> asked = new ArrayList<>();

    /** As many as there are server keys. */
    public static List<String> fingerprints(String token) {
        return List.of("new:" + token, "old:" + token);
    }

    @Override
    public Optional<PlatformAccess> platformKey(List<String> fingerprints) {
        return find(platform, fingerprints);
    }

    @Override
    public Optional<StaffAccess> staffKey(List<String> fingerprints) {
        return find(staff, fingerprints);
    }

    @Override
    public Optional<SessionAccess> session(List<String> fingerprints) {
        return find(sessions, fingerprints);
    }

    private <T> Optional<T> find(Map<String, T> known, List<String> fingerprints) {
        asked.add(fingerprints);
        return fingerprints.stream().filter(known::containsKey).findFirst().map(known::get);
    }

    @Override
    public Optional<CustomerAccess> customerByExternalId(ProjectId projectId, Mode mode, String externalIdIndex) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<CustomerAccess> customer(ProjectId projectId, Mode mode, CustomerId customerId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<CustomerAccess> wallet(ProjectId projectId, Mode mode, WalletId walletId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<HoldAccess> backendHold(ProjectId projectId, Mode mode, HoldId holdId) {
        throw new UnsupportedOperationException();
    }
}
