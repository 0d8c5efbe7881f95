package dev.purser.projection.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.Fingerprint;
import dev.purser.domain.KeyId;
import dev.purser.domain.Mode;
import dev.purser.domain.key.KeyCommand.CreateKey;
import dev.purser.domain.key.KeyCommand.RevokeKey;
import dev.purser.domain.key.KeyKind;
import dev.purser.domain.key.KeyView;
import dev.purser.domain.organization.OrganizationCommand.LinkStripeAccount;
import dev.purser.domain.organization.OrganizationCommand.RenameOrganization;
import dev.purser.domain.project.ProjectCommand.RenameProject;
import dev.purser.domain.project.ProjectSettings;
import dev.purser.eventstore.secret.Ids;
import dev.purser.projection.TestLedger;
import dev.purser.projection.TestLedger.Tenant;
import dev.purser.projection.access.TenantDirectory.Organization;
import dev.purser.projection.access.TenantDirectory.Page;
import dev.purser.projection.access.TenantDirectory.Project;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenantDirectoryTest {
    private final TestLedger ledger = TestLedger.with(List.of());
    private final TenantDirectory directory = new TenantDirectory(ledger.database.dataSource());

    @AfterAll
    void stop() {
        ledger.close();
    }

    @Test
    void listsOrganizationsNewestFirst() {
        Tenant first = ledger.tenant();
        Tenant second = ledger.tenant();
        ledger.send(new RenameOrganization(second.organization(), "Bravo"));

        Page<Organization> newest = directory.organizations(1, 0);
        Page<Organization> next = directory.organizations(1, 1);

        assertThat(newest.items()).extracting(Organization::id).containsExactly(second.organization());
        assertThat(newest.items()).extracting(Organization::name).containsExactly("Bravo");
        assertThat(next.items()).extracting(Organization::id).containsExactly(first.organization());
        assertThat(newest.total()).isEqualTo(next.total()).isGreaterThanOrEqualTo(2);
        assertThat(directory.organization(first.organization())).hasValueSatisfying(found -> {
            assertThat(found.active()).isTrue();
            assertThat(Duration.between(found.createdAt(), Instant.now())).isLessThan(Duration.ofMinutes(1));
        });
    }

    @Test
    void knowsTheStripeAccountOfAnOrganizationOnceThereIsOne() {
        Tenant tenant = ledger.tenant();
        assertThat(directory.organization(tenant.organization()).orElseThrow().stripeAccountId())
                .isNull();

        ledger.send(new LinkStripeAccount(tenant.organization(), "acct_1"));
        ledger.send(new LinkStripeAccount(tenant.organization(), "acct_2"));

        assertThat(directory.organization(tenant.organization()).orElseThrow().stripeAccountId())
                .isEqualTo("acct_1");
    }

    @Test
    void knowsWhetherThereIsAnOperator() {
        assertThat(directory.hasOperator()).isFalse();
        ledger.send(new CreateKey(
                new KeyId(Ids.next("key")),
                KeyKind.OPERATOR,
                null,
                null,
                null,
                "first",
                new Fingerprint("0f".repeat(32)),
                "ok_…1234",
                null,
                Instant.now()));
        assertThat(directory.hasOperator()).isTrue();
    }

    @Test
    void knowsOrganizationsByName() {
        ledger.tenant();
        assertThat(directory.hasOrganizationNamed("Acme")).isTrue();
        assertThat(directory.hasOrganizationNamed("Nobody's")).isFalse();
    }

    @Test
    void listsTheProjectsOfOneOrganization() {
        Tenant tenant = ledger.tenant();
        ledger.tenant();
        Tenant second = ledger.project(tenant.organization());
        ledger.send(new RenameProject(second.project(), "Second"));

        Page<Project> page = directory.projects(tenant.organization(), 10, 0);

        assertThat(page.total()).isEqualTo(2);
        assertThat(page.items()).extracting(Project::id).containsExactly(second.project(), tenant.project());
        assertThat(directory.project(second.project())).hasValueSatisfying(found -> {
            assertThat(found.name()).isEqualTo("Second");
            assertThat(found.settings()).isEqualTo(ProjectSettings.DEFAULTS);
            assertThat(found.organizationId()).isEqualTo(tenant.organization());
        });
    }

    @Test
    void listsTheKeysOfOneProjectRevokedOnesIncluded() {
        Tenant tenant = ledger.tenant();
        KeyId test = ledger.platformKey(tenant, "list-1", null);
        KeyId live = ledger.platformKey(tenant.in(Mode.LIVE), "list-2", null);
        ledger.platformKey(ledger.tenant(), "list-3", null);
        ledger.send(new RevokeKey(test));

        Page<KeyView> page = directory.keys(tenant.project(), 10, 0);

        assertThat(page.total()).isEqualTo(2);
        assertThat(page.items()).extracting(KeyView::id).containsExactly(live, test);
        assertThat(page.items()).extracting(KeyView::revoked).containsExactly(false, true);
        assertThat(page.items()).extracting(KeyView::mode).containsExactly(Mode.LIVE, Mode.TEST);
        assertThat(directory.key(live))
                .hasValueSatisfying(key -> assertThat(key.preview()).startsWith("sk_test_"));
    }
}
