package dev.purser.edge.wire;

import dev.purser.domain.Money;
import dev.purser.domain.key.KeyView;
import dev.purser.domain.organization.OrganizationView;
import dev.purser.domain.project.DisconnectPolicy;
import dev.purser.domain.project.ProjectSettings;
import dev.purser.domain.project.ProjectView;
import dev.purser.domain.wallet.WalletView;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The aggregates' own views as answers; maps keep the order of the documentation. */
public final class LedgerJson {
    private LedgerJson() {}

    public static Map<String, @Nullable Object> wallet(WalletView wallet) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", wallet.id().value());
        json.put("endCustomerId", wallet.customerId().value());
        json.put("balance", wallet.balance().toString());
        json.put("currency", "USD");
        json.put("status", wallet.frozen() ? "frozen" : "active");
        json.put("held", wallet.held().toString());
        json.put("available", wallet.available().toString());
        json.put("mode", wallet.mode().wireName());
        return json;
    }

    public static Map<String, @Nullable Object> organization(OrganizationView organization) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", organization.id().value());
        json.put("name", organization.name());
        json.put("active", organization.active());
        return json;
    }

    public static Map<String, @Nullable Object> project(ProjectView project) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", project.id().value());
        json.put("organizationId", project.organizationId().value());
        json.put("name", project.name());
        json.put("active", project.active());
        json.put("settings", settings(project.settings()));
        return json;
    }

    public static Map<String, @Nullable Object> settings(ProjectSettings settings) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("endUserSessions", settings.endUserSessions());
        json.put("markupPercent", settings.markupPercent());
        json.put("bonusPercent", settings.bonusPercent());
        json.put("allowedOrigins", settings.allowedOrigins());
        json.put("disconnectPolicy", wireName(settings.disconnectPolicy()));
        json.put("lowBalanceThreshold", settings.lowBalanceThreshold().toString());
        Money grantLimit = settings.dailyGrantLimit();
        json.put("dailyGrantLimit", grantLimit == null ? null : grantLimit.toString());
        json.put("defaultMaxTokens", settings.defaultMaxTokens());
        json.put("brandName", settings.brandName());
        json.put("supportAddress", settings.supportAddress());
        json.put("supportEmail", settings.supportEmail());
        json.put("statementDescriptorSuffix", settings.statementDescriptorSuffix());
        return json;
    }

    /** Never the token. */
    public static Map<String, @Nullable Object> key(KeyView key) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", key.id().value());
        json.put("kind", key.kind().name().toLowerCase(Locale.ROOT));
        json.put(
                "organizationId",
                key.organizationId() == null ? null : key.organizationId().value());
        json.put("projectId", key.projectId() == null ? null : key.projectId().value());
        json.put("mode", key.mode() == null ? null : key.mode().wireName());
        json.put("name", key.name());
        json.put("preview", key.preview());
        json.put("revoked", key.revoked());
        json.put("expiresAt", Times.isoOrNull(key.expiresAt()));
        json.put("createdAt", Times.iso(key.createdAt()));
        return json;
    }

    public static String wireName(DisconnectPolicy policy) {
        return switch (policy) {
            case DRAIN -> "drain";
            case CANCEL -> "cancel";
        };
    }
}
