package dev.purser.command.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.command.FakeLedger;
import dev.purser.command.TestApi;
import dev.purser.command.admin.Provisioning.IssuedKey;
import dev.purser.command.secret.NewTokens;
import dev.purser.domain.Mode;
import dev.purser.domain.key.KeyCommand.CreateKey;
import dev.purser.domain.key.KeyKind;
import dev.purser.domain.organization.OrganizationView;
import dev.purser.domain.project.ProjectSettings;
import dev.purser.domain.project.ProjectView;
import dev.purser.eventstore.secret.Fingerprints;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProvisioningTest {
    private final FakeLedger ledger = new FakeLedger();
    private final Fingerprints fingerprints = new Fingerprints(List.of(new byte[32]));
    private final Provisioning provisioning = new Provisioning(
            ledger, new NewTokens(fingerprints::fingerprint), Clock.fixed(TestApi.NOW, ZoneOffset.UTC), "bootstrap");

    @Test
    void makesAnInstallationReadyToUse() {
        OrganizationView organization = provisioning.organization("Acme");
        ProjectView project = provisioning.project(organization.id(), "App", ProjectSettings.DEFAULTS);
        IssuedKey test = provisioning.platformKey(project, Mode.TEST, "server");
        IssuedKey live = provisioning.platformKey(project, Mode.LIVE, "server");
        IssuedKey auditor = provisioning.auditorKey(organization.id(), "auditor");
        IssuedKey operator = provisioning.operatorKey("first operator");

        assertThat(project.organizationId()).isEqualTo(organization.id());
        assertThat(test.secret()).matches("sk_test_[0-9A-Za-z]{40}");
        assertThat(live.secret()).matches("sk_live_[0-9A-Za-z]{40}");
        assertThat(auditor.secret()).matches("ak_[0-9A-Za-z]{40}");
        assertThat(operator.secret()).matches("ok_[0-9A-Za-z]{40}");
        assertThat(operator.key().kind()).isEqualTo(KeyKind.OPERATOR);
        CreateKey created = (CreateKey) ledger.commands.getLast();
        assertThat(created.fingerprint().hex()).isEqualTo(fingerprints.fingerprint(operator.secret()));
        assertThat(operator.toString()).doesNotContain(operator.secret());
        assertThat(ledger.causes).isNotEmpty().allMatch(cause -> cause.actor().equals("bootstrap"));
    }
}
