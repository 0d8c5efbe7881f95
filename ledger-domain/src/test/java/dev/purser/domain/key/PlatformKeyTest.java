package dev.purser.domain.key;

import static dev.purser.domain.Fixtures.rejected;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.domain.Fingerprint;
import dev.purser.domain.Fixtures;
import dev.purser.domain.KeyId;
import dev.purser.domain.Mode;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.Rejection.AlreadyExists;
import dev.purser.domain.key.KeyCommand.CreateKey;
import dev.purser.domain.key.KeyCommand.RevokeKey;
import dev.purser.domain.key.KeyEvent.KeyCreated;
import dev.purser.domain.key.KeyEvent.KeyRevoked;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlatformKeyTest {
    private static final KeyId ID = new KeyId("key1");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Fingerprint FINGERPRINT = new Fingerprint("ab".repeat(32));

    @Test
    void keepsOnlyTheFingerprintAndAPreview() {
        Fixtures.of(PlatformKey.class)
                .givenNoPriorActivity()
                .when(create(KeyKind.PLATFORM, "org1", "prj1", Mode.LIVE))
                .expectEvents(created());
    }

    @Test
    void isRevokedOnce() {
        Fixtures.of(PlatformKey.class).given(created()).when(new RevokeKey(ID)).expectEvents(new KeyRevoked());
        Fixtures.of(PlatformKey.class)
                .given(created(), new KeyRevoked())
                .when(new RevokeKey(ID))
                .expectNoEvents();
    }

    @Test
    void refusesToBeCreatedTwice() {
        Fixtures.of(PlatformKey.class)
                .given(created())
                .when(create(KeyKind.PLATFORM, "org1", "prj1", Mode.LIVE))
                .expectException(rejected(new AlreadyExists("key")));
    }

    @Test
    void belongsToExactlyTheOwnerItsKindNeeds() {
        assertThatThrownBy(() -> create(KeyKind.PLATFORM, "org1", "prj1", null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> create(KeyKind.AUDITOR, null, null, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> create(KeyKind.OPERATOR, "org1", null, null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static CreateKey create(
            KeyKind kind, @Nullable String organization, @Nullable String project, @Nullable Mode mode) {
        return new CreateKey(
                ID,
                kind,
                organization == null ? null : new OrganizationId(organization),
                project == null ? null : new ProjectId(project),
                mode,
                "backend",
                FINGERPRINT,
                "sk_live_…abcd",
                null,
                NOON);
    }

    private static KeyCreated created() {
        return new KeyCreated(
                ID,
                KeyKind.PLATFORM,
                new OrganizationId("org1"),
                new ProjectId("prj1"),
                Mode.LIVE,
                "backend",
                FINGERPRINT,
                "sk_live_…abcd",
                null,
                NOON);
    }
}
