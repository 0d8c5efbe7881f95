package dev.purser.edge;

import dev.purser.domain.CustomerId;
import dev.purser.domain.KeyId;
import dev.purser.domain.Mode;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.SessionId;
import dev.purser.domain.WalletId;
import dev.purser.domain.customer.CustomerStatus;
import dev.purser.domain.key.KeyKind;
import dev.purser.domain.project.ProjectSettings;
import dev.purser.projection.access.PlatformAccess;
import dev.purser.projection.access.SessionAccess;
import dev.purser.projection.access.StaffAccess;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a directory finds, each part of it to be spoiled on its own. */
public final class Accesses {
    public static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private static final OrganizationId ORGANIZATION = new OrganizationId("org1");
    private static final ProjectId PROJECT = new ProjectId("prj1");

    /** A session's properties; the defaults let it in. */
    public static final class Session {
        public int tokenGeneration = 1;
        public int generation = 1;
        public boolean revoked;
        public Instant tokenExpiresAt = NOW.plusSeconds(1);
        public boolean walletFrozen;
        public CustomerStatus customerStatus = CustomerStatus.ACTIVE;
        public boolean projectActive = true;
        public boolean organizationActive = true;
        public boolean endUserSessions = true;
        public List<String> origins = List.of();

        public SessionAccess access() {
            return new SessionAccess(
                    new SessionId("ses1"),
                    new WalletId("wal1"),
                    new CustomerId("cus1"),
                    ORGANIZATION,
                    PROJECT,
                    Mode.TEST,
                    tokenGeneration,
                    generation,
                    revoked,
                    tokenExpiresAt,
                    NOW,
                    null,
                    null,
                    walletFrozen,
                    customerStatus,
                    projectActive,
                    organizationActive,
                    settings(endUserSessions, origins));
        }
    }

    /** A platform key's properties; the defaults let it in. */
    public static final class Platform {
        public boolean revoked;
        public @Nullable Instant expiresAt;
        public boolean projectActive = true;
        public boolean organizationActive = true;
        public boolean endUserSessions = true;

        public PlatformAccess access() {
            return new PlatformAccess(
                    new KeyId("key1"),
                    ORGANIZATION,
                    PROJECT,
                    Mode.TEST,
                    revoked,
                    expiresAt,
                    projectActive,
                    organizationActive,
                    settings(endUserSessions, List.of()));
        }
    }

    private Accesses() {}

    public static StaffAccess staff(KeyKind kind, boolean revoked, @Nullable Instant expiresAt) {
        return new StaffAccess(new KeyId("key2"), kind, ORGANIZATION, revoked, expiresAt);
    }

    private static ProjectSettings settings(boolean endUserSessions, List<String> origins) {
        ProjectSettings defaults = ProjectSettings.DEFAULTS;
        return new ProjectSettings(
                endUserSessions,
                defaults.markupPercent(),
                defaults.bonusPercent(),
                origins,
                defaults.disconnectPolicy(),
                defaults.lowBalanceThreshold(),
                defaults.dailyGrantLimit(),
                defaults.defaultMaxTokens());
    }
}
