package dev.purser.app.wiring;

import dev.purser.app.cli.Bootstrap;
import dev.purser.command.admin.Provisioning;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.organization.OrganizationView;
import dev.purser.domain.project.ProjectSettings;
import dev.purser.domain.project.ProjectView;
import dev.purser.projection.access.TenantDirectory;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Makes the first operator, and the demo's tenants. */
final class LedgerBootstrap implements Bootstrap {
    private static final String DEMO_ORGANIZATION = "Demo";
    private static final Money DEMO_PROMOTION = Money.ofDollars(100);
    private static final BigDecimal DEMO_MARKUP_PERCENT = BigDecimal.valueOf(20);

    private final Provisioning provisioning;
    private final TenantDirectory directory;

    LedgerBootstrap(Provisioning provisioning, TenantDirectory directory) {
        this.provisioning = provisioning;
        this.directory = directory;
    }

    @Override
    public SequencedMap<String, String> firstOperator() {
        SequencedMap<String, String> made = new LinkedHashMap<>();
        if (!directory.hasOperator()) {
            made.put(
                    "PURSER_OPERATOR_KEY",
                    provisioning.operatorKey("first operator").secret());
        }
        return made;
    }

    @Override
    public SequencedMap<String, String> demo() {
        return directory.hasOrganizationNamed(DEMO_ORGANIZATION) ? new LinkedHashMap<>() : freshDemo();
    }

    /** Whatever is there already: for whoever has lost the keys of the last one. */
    SequencedMap<String, String> freshDemo() {
        OrganizationView organization = provisioning.organization(DEMO_ORGANIZATION);
        provisioning.promotionalCredits(organization.id(), DEMO_PROMOTION);
        ProjectView project = provisioning.project(organization.id(), "Demo app", demoSettings());
        SequencedMap<String, String> made = new LinkedHashMap<>();
        made.put("LLMGATEWAY_SECRET_KEY", secret(project, Mode.TEST));
        made.put("LLMGATEWAY_LIVE_SECRET_KEY", secret(project, Mode.LIVE));
        made.put(
                "PURSER_AUDITOR_KEY",
                provisioning.auditorKey(organization.id(), "demo auditor").secret());
        return made;
    }

    /** A key of the operator's own beside whatever others there are. */
    String operatorKey(String name) {
        return provisioning.operatorKey(name).secret();
    }

    private String secret(ProjectView project, Mode mode) {
        return provisioning
                .platformKey(project, mode, "demo " + mode.wireName())
                .secret();
    }

    private static ProjectSettings demoSettings() {
        ProjectSettings defaults = ProjectSettings.DEFAULTS;
        return new ProjectSettings(
                true,
                DEMO_MARKUP_PERCENT,
                defaults.bonusPercent(),
                defaults.allowedOrigins(),
                defaults.disconnectPolicy(),
                defaults.lowBalanceThreshold(),
                defaults.dailyGrantLimit(),
                defaults.defaultMaxTokens());
    }
}
