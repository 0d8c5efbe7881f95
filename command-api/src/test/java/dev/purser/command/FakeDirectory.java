package dev.purser.command;

import dev.purser.domain.CustomerId;
import dev.purser.domain.HoldId;
import dev.purser.domain.KeyId;
import dev.purser.domain.Mode;
import dev.purser.domain.ProjectId;
import dev.purser.domain.WalletId;
import dev.purser.domain.customer.CustomerStatus;
import dev.purser.domain.key.KeyKind;
import dev.purser.domain.project.DisconnectPolicy;
import dev.purser.domain.project.ProjectSettings;
import dev.purser.projection.access.AccessDirectory;
import dev.purser.projection.access.CustomerAccess;
import dev.purser.projection.access.HoldAccess;
import dev.purser.projection.access.HoldAccess.HoldStatus;
import dev.purser.projection.access.PlatformAccess;
import dev.purser.projection.access.SessionAccess;
import dev.purser.projection.access.StaffAccess;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One project with a test key, a live key, a customer in test mode and its session; holds as they are put. */
public final class FakeDirectory implements AccessDirectory {
    public final Map<String, CustomerAccess> byExternalId = new HashMap<>();
    public final Map<HoldId, HoldAccess> holds = new HashMap<>();
    public CustomerStatus status = CustomerStatus.ACTIVE;
    public boolean frozen;
    public int generation = 1;

    private static final ProjectSettings SETTINGS = new ProjectSettings(
            true,
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            List.of(),
            DisconnectPolicy.DRAIN,
            ProjectSettings.DEFAULTS.lowBalanceThreshold(),
            null,
            4_096);

    public CustomerAccess customer() {
        return new CustomerAccess(TestApi.CUSTOMER, TestApi.WALLET, TestApi.PROJECT, Mode.TEST, status, frozen, null);
    }

    public void hold(String id, HoldStatus holdStatus) {
        HoldId holdId = new HoldId(id);
        holds.put(holdId, new HoldAccess(holdId, TestApi.WALLET, TestApi.PROJECT, Mode.TEST, holdStatus));
    }

    @Override
    public Optional<PlatformAccess> platformKey(List<String> fingerprints) {
        String token = fingerprints.getFirst();
        if (!token.equals(TestApi.SECRET) && !token.equals(TestApi.LIVE_SECRET)) {
            return Optional.empty();
        }
        Mode mode = token.equals(TestApi.SECRET) ? Mode.TEST : Mode.LIVE;
        return Optional.of(new PlatformAccess(
                new KeyId("key1"), TestApi.ORGANIZATION, TestApi.PROJECT, mode, false, null, true, true, SETTINGS));
    }

    @Override
    public Optional<StaffAccess> staffKey(List<String> fingerprints) {
        return fingerprints.contains(TestApi.OPERATOR)
                ? Optional.of(new StaffAccess(new KeyId("key2"), KeyKind.OPERATOR, null, false, null))
                : Optional.empty();
    }

    @Override
    public Optional<SessionAccess> session(List<String> fingerprints) {
        if (!fingerprints.contains(TestApi.SESSION)) {
            return Optional.empty();
        }
        return Optional.of(new SessionAccess(
                TestApi.SESSION_ID,
                TestApi.WALLET,
                TestApi.CUSTOMER,
                TestApi.ORGANIZATION,
                TestApi.PROJECT,
                Mode.TEST,
                1,
                generation,
                false,
                TestApi.NOW.plusSeconds(60),
                TestApi.NOW,
                null,
                null,
                frozen,
                status,
                true,
                true,
                SETTINGS));
    }

    @Override
    public Optional<CustomerAccess> customerByExternalId(ProjectId projectId, Mode mode, String externalIdIndex) {
        return Optional.ofNullable(byExternalId.get(externalIdIndex));
    }

    @Override
    public Optional<CustomerAccess> customer(ProjectId projectId, Mode mode, CustomerId customerId) {
        return inTenant(projectId, mode)
                .filter(customer -> customer.customerId().equals(customerId));
    }

    @Override
    public Optional<CustomerAccess> wallet(ProjectId projectId, Mode mode, WalletId walletId) {
        return inTenant(projectId, mode).filter(customer -> customer.walletId().equals(walletId));
    }

    @Override
    public Optional<HoldAccess> backendHold(ProjectId projectId, Mode mode, HoldId holdId) {
        return Optional.ofNullable(holds.get(holdId))
                .filter(hold -> hold.projectId().equals(projectId) && hold.mode() == mode);
    }

    private Optional<CustomerAccess> inTenant(ProjectId projectId, Mode mode) {
        return projectId.equals(TestApi.PROJECT) && mode == Mode.TEST ? Optional.of(customer()) : Optional.empty();
    }
}
