package dev.purser.command.admin;

import dev.purser.domain.Money;
import dev.purser.domain.project.DisconnectPolicy;
import dev.purser.domain.project.ProjectSettings;
import dev.purser.domain.project.ProjectSettings.InvalidSetting;
import dev.purser.edge.json.Fields;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Changes some settings of a project and leaves the others as they are. */
final class SettingsPatch {
    private static final Set<String> NAMES = Set.of(
            "endUserSessions",
            "markupPercent",
            "bonusPercent",
            "allowedOrigins",
            "disconnectPolicy",
            "lowBalanceThreshold",
            "dailyGrantLimit",
            "defaultMaxTokens",
            "brandName",
            "supportAddress",
            "supportEmail",
            "statementDescriptorSuffix");
    private static final Map<String, DisconnectPolicy> POLICIES =
            Map.of("drain", DisconnectPolicy.DRAIN, "cancel", DisconnectPolicy.CANCEL);
    private static final int MAX_ORIGIN = 255;

    /** Far above what any of the merchant's texts may have: their own limits are told by the settings. */
    private static final int MAX_TEXT = 2_000;

    private SettingsPatch() {}

    /** Settings may stand beside the name, or together in an object as the answers show them. */
    static Fields in(Fields body) {
        Fields settings = body.optionalObject("settings");
        return settings == null ? body : settings;
    }

    static boolean changes(Fields fields) {
        return NAMES.stream().anyMatch(fields::has);
    }

    /** Verifies all fields read so far, its own and the caller's. */
    static ProjectSettings apply(ProjectSettings present, Fields fields) {
        Boolean endUserSessions = fields.optionalFlag("endUserSessions");
        BigDecimal markupPercent = fields.optionalDecimal("markupPercent");
        BigDecimal bonusPercent = fields.optionalDecimal("bonusPercent");
        List<String> origins = fields.optionalTexts("allowedOrigins", ProjectSettings.MAX_ORIGINS, MAX_ORIGIN);
        DisconnectPolicy policy = fields.optionalWord("disconnectPolicy", POLICIES);
        Money threshold = fields.optionalLimit("lowBalanceThreshold", Fields.MAX_LIMIT);
        Money grantLimit = fields.optionalLimit("dailyGrantLimit", Fields.MAX_LIMIT);
        Long maxTokens = fields.optionalInteger("defaultMaxTokens", 1, ProjectSettings.MAX_DEFAULT_MAX_TOKENS);
        String brandName = fields.optionalText("brandName", 0, MAX_TEXT);
        String supportAddress = fields.optionalText("supportAddress", 0, MAX_TEXT);
        String supportEmail = fields.optionalText("supportEmail", 0, MAX_TEXT);
        String suffix = fields.optionalText("statementDescriptorSuffix", 0, MAX_TEXT);
        fields.verify();
        try {
            return new ProjectSettings(
                    endUserSessions == null ? present.endUserSessions() : endUserSessions,
                    markupPercent == null ? present.markupPercent() : markupPercent,
                    bonusPercent == null ? present.bonusPercent() : bonusPercent,
                    origins == null ? present.allowedOrigins() : origins,
                    policy == null ? present.disconnectPolicy() : policy,
                    threshold == null ? present.lowBalanceThreshold() : threshold,
                    // Here and of the texts null says something: there is none.
                    fields.has("dailyGrantLimit") ? grantLimit : present.dailyGrantLimit(),
                    maxTokens == null ? present.defaultMaxTokens() : Math.toIntExact(maxTokens),
                    fields.has("brandName") ? brandName : present.brandName(),
                    fields.has("supportAddress") ? supportAddress : present.supportAddress(),
                    fields.has("supportEmail") ? supportEmail : present.supportEmail(),
                    fields.has("statementDescriptorSuffix") ? suffix : present.statementDescriptorSuffix());
        } catch (InvalidSetting invalid) {
            fields.refuse(invalid.field(), String.valueOf(invalid.getMessage()));
            fields.verify();
            throw invalid;
        }
    }
}
