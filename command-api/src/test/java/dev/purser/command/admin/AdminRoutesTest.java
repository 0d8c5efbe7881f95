package dev.purser.command.admin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.command.TestApi;
import dev.purser.command.TestApi.Answer;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.key.KeyCommand.CreateKey;
import dev.purser.domain.key.KeyCommand.RevokeKey;
import dev.purser.domain.key.KeyKind;
import dev.purser.domain.organization.OrganizationCommand.DeactivateOrganization;
import dev.purser.domain.organization.OrganizationCommand.GrantPromotionalCredits;
import dev.purser.domain.organization.OrganizationCommand.RegisterOrganization;
import dev.purser.domain.organization.OrganizationCommand.RenameOrganization;
import dev.purser.domain.project.DisconnectPolicy;
import dev.purser.domain.project.ProjectCommand.ChangeProjectSettings;
import dev.purser.domain.project.ProjectCommand.CreateProject;
import dev.purser.domain.project.ProjectCommand.DeactivateProject;
import dev.purser.domain.project.ProjectCommand.RenameProject;
import dev.purser.domain.project.ProjectSettings;
import dev.purser.domain.project.ProjectView;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminRoutesTest {
    private final TestApi api = new TestApi();

    private Answer post(String path, String body) {
        return api.post("/v1/admin/" + path, TestApi.OPERATOR, body);
    }

    private Answer patch(String path, String body) {
        return api.patch("/v1/admin/" + path, TestApi.OPERATOR, body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "organizations",
                "organizations/org1/projects",
                "organizations/org1/auditor-keys",
                "organizations/org1/promotional-credits",
                "projects/prj1/keys",
                "keys/key1/revoke"
            })
    void onlyAnOperatorMayDoAnyOfThis(String path) {
        api.post("/v1/admin/" + path, null, "{}").expectError(401, "token_missing");
        api.post("/v1/admin/" + path, TestApi.SECRET, "{}").expectError(401, "wrong_token_kind");
        api.post("/v1/admin/" + path, TestApi.SESSION, "{}").expectError(401, "wrong_token_kind");
        assertThat(api.ledger.commands).isEmpty();
    }

    @Nested
    class Organizations {
        @Test
        void areRegistered() {
            Answer answer = post("organizations", "{\"name\":\"Acme\"}").expect(201);
            RegisterOrganization register = api.ledger.only(RegisterOrganization.class);
            assertThat(answer.json())
                    .containsEntry("id", register.organizationId().value())
                    .containsEntry("name", "Acme")
                    .containsEntry("active", true);
            post("organizations", "{}").expectField("name");
            post("organizations", "{\"name\":\"" + "x".repeat(256) + "\"}").expectField("name");
        }

        @Test
        void areRenamedAndSwitchedOff() {
            Answer answer = patch("organizations/org1", "{\"name\":\"New\",\"active\":false}")
                    .expect(200);
            assertThat(api.ledger.commands)
                    .isEqualTo(List.of(
                            new RenameOrganization(TestApi.ORGANIZATION, "New"),
                            new DeactivateOrganization(TestApi.ORGANIZATION)));
            assertThat(answer.json()).containsEntry("name", "New").containsEntry("active", false);
        }

        @Test
        void areShownWhereNothingIsChanged() {
            assertThat(patch("organizations/org1", "{}").expect(200).json()).containsEntry("name", "Acme");
            assertThat(api.ledger.commands).isEmpty();
        }

        @Test
        void thatAreUnknownAre404() {
            patch("organizations/org2", "{}").expectError(404, "not_found");
            patch("organizations/wal1", "{\"name\":\"x\"}").expectError(404, "not_found");
            post("organizations/org2/projects", "{\"name\":\"x\"}").expectError(404, "not_found");
            post("organizations/org2/auditor-keys", "{}").expectError(404, "not_found");
            patch("organizations/org1", "{\"active\":\"no\"}").expectField("active");
        }
    }

    @Nested
    class PromotionalCredits {
        private static final String ROUTE = "organizations/org1/promotional-credits";

        @Test
        void areGrantedUntilATime() {
            Answer answer = post(ROUTE, "{\"amount\":100,\"expiresAt\":\"2027-01-31T00:00:00Z\"}")
                    .expect(201);
            assertThat(api.ledger.only(GrantPromotionalCredits.class))
                    .isEqualTo(new GrantPromotionalCredits(
                            TestApi.ORGANIZATION, Money.ofDollars(100), Instant.parse("2027-01-31T00:00:00Z")));
            assertThat(answer.json()).containsEntry("organizationId", "org1").containsEntry("available", "100");
            assertThat(answer.json().get("portions")).hasToString("[{amount=100, expiresAt=2027-01-31T00:00:00.000Z}]");
        }

        @Test
        void areRefusedWhereNothingIsGranted() {
            post(ROUTE, "{}").expectField("amount");
            post(ROUTE, "{\"amount\":0}").expectField("amount");
            post(ROUTE, "{\"amount\":1,\"expiresAt\":\"2026-11-24T23:59:59Z\"}").expectField("expiresAt");
            post("organizations/org2/promotional-credits", "{\"amount\":1}").expectError(404, "not_found");
            assertThat(api.ledger.commands).isEmpty();
        }
    }

    @Nested
    class Projects {
        @Test
        void startWithTheDefaultsWhereNothingElseIsSaid() {
            post("organizations/org1/projects", "{\"name\":\"App\"}").expect(201);
            assertThat(api.ledger.only(CreateProject.class).settings()).isEqualTo(ProjectSettings.DEFAULTS);
        }

        @Test
        void takeAllSettings() {
            Answer answer = post("organizations/org1/projects", """
                {"name":"App","endUserSessions":true,"markupPercent":20.0,"bonusPercent":"12.5",
                 "allowedOrigins":["https://app.example.com"],"disconnectPolicy":"cancel","lowBalanceThreshold":0.5,
                 "dailyGrantLimit":"100","defaultMaxTokens":1000}
                """).expect(201);
            assertThat(api.ledger.only(CreateProject.class).settings())
                    .isEqualTo(new ProjectSettings(
                            true,
                            new BigDecimal("20"),
                            new BigDecimal("12.5"),
                            List.of("https://app.example.com"),
                            DisconnectPolicy.CANCEL,
                            new Money(500_000_000),
                            Money.ofDollars(100),
                            1_000));
            assertThat(answer.json().get("settings"))
                    .hasToString("{endUserSessions=true, markupPercent=20, bonusPercent=12.5,"
                            + " allowedOrigins=[https://app.example.com], disconnectPolicy=cancel,"
                            + " lowBalanceThreshold=0.5, dailyGrantLimit=100, defaultMaxTokens=1000, brandName=null,"
                            + " supportAddress=null, supportEmail=null, statementDescriptorSuffix=null}");
        }

        @Test
        void sayWhoSellsAndStopSayingItByNull() {
            patch("projects/prj1", """
                {"brandName":"Acme","supportAddress":"1 Main St\\nSpringfield","supportEmail":"help@acme.example",
                 "statementDescriptorSuffix":"ACME"}
                """).expect(200);
            ProjectSettings named = api.ledger.only(ChangeProjectSettings.class).settings();
            assertThat(named.brandName()).isEqualTo("Acme");
            assertThat(named.supportAddress()).isEqualTo("1 Main St\nSpringfield");
            assertThat(named.supportEmail()).isEqualTo("help@acme.example");
            assertThat(named.statementDescriptorSuffix()).isEqualTo("ACME");
            api.projects.put(
                    TestApi.PROJECT, new ProjectView(TestApi.PROJECT, TestApi.ORGANIZATION, "App", true, named));
            patch("projects/prj1", "{\"brandName\":null}").expect(200);
            ProjectSettings unnamed = ((ChangeProjectSettings) api.ledger.commands.getLast()).settings();
            assertThat(unnamed.brandName()).isNull();
            assertThat(unnamed.supportEmail()).as("what is left out stays").isEqualTo("help@acme.example");
        }

        @Test
        void takeSettingsInAnObjectToo() {
            post("organizations/org1/projects", "{\"name\":\"App\",\"settings\":{\"markupPercent\":20}}")
                    .expect(201);
            assertThat(api.ledger.only(CreateProject.class).settings().markupPercent())
                    .isEqualTo(new BigDecimal("20"));
        }

        @Test
        void areChangedFieldByField() {
            api.projects.put(
                    TestApi.PROJECT,
                    new ProjectView(
                            TestApi.PROJECT, TestApi.ORGANIZATION, "App", true, withGrantLimit(Money.ofDollars(5))));
            patch("projects/prj1", "{\"name\":\"New\",\"active\":false,\"endUserSessions\":true}")
                    .expect(200);
            assertThat(api.ledger.commands.getFirst()).isEqualTo(new RenameProject(TestApi.PROJECT, "New"));
            ProjectSettings changed = ((ChangeProjectSettings) api.ledger.commands.get(1)).settings();
            assertThat(changed.endUserSessions()).isTrue();
            assertThat(changed.dailyGrantLimit()).isEqualTo(Money.ofDollars(5));
            assertThat(api.ledger.commands.get(2)).isEqualTo(new DeactivateProject(TestApi.PROJECT));
            assertThat(api.ledger.commands).hasSize(3);
        }

        @Test
        void loseTheirGrantLimitByNull() {
            api.projects.put(
                    TestApi.PROJECT,
                    new ProjectView(
                            TestApi.PROJECT, TestApi.ORGANIZATION, "App", true, withGrantLimit(Money.ofDollars(5))));
            patch("projects/prj1", "{\"dailyGrantLimit\":null}").expect(200);
            assertThat(api.ledger.only(ChangeProjectSettings.class).settings().dailyGrantLimit())
                    .isNull();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{\"name\":\"\"} | name",
                    "{\"active\":1} | active",
                    "{\"endUserSessions\":\"on\"} | endUserSessions",
                    "{\"markupPercent\":100.1} | markupPercent",
                    "{\"markupPercent\":-1} | markupPercent",
                    "{\"markupPercent\":1e20000000} | markupPercent",
                    "{\"bonusPercent\":1001} | bonusPercent",
                    "{\"bonusPercent\":0.00001} | bonusPercent",
                    "{\"allowedOrigins\":[\"https://app.example.com/\"]} | allowedOrigins",
                    "{\"allowedOrigins\":\"https://app.example.com\"} | allowedOrigins",
                    "{\"disconnectPolicy\":\"stop\"} | disconnectPolicy",
                    "{\"lowBalanceThreshold\":-1} | lowBalanceThreshold",
                    "{\"dailyGrantLimit\":-1} | dailyGrantLimit",
                    "{\"defaultMaxTokens\":0} | defaultMaxTokens",
                    "{\"brandName\":\"\"} | brandName",
                    "{\"supportEmail\":\"nobody\"} | supportEmail",
                    "{\"statementDescriptorSuffix\":\"123\"} | statementDescriptorSuffix",
                    "{\"statementDescriptorSuffix\":\"A*\"} | statementDescriptorSuffix",
                    "{\"settings\":[]} | settings",
                    "{\"settings\":{\"markupPercent\":101}} | settings.markupPercent"
                })
        void aFaultyFieldIsNamed(String body, String field) {
            patch("projects/prj1", body).expectField(field);
            assertThat(api.ledger.commands).isEmpty();
        }

        @Test
        void thatAreUnknownAre404() {
            patch("projects/prj2", "{}").expectError(404, "not_found");
            patch("projects/org1", "{}").expectError(404, "not_found");
            post("projects/prj2/keys", "{\"mode\":\"test\"}").expectError(404, "not_found");
        }

        private static ProjectSettings withGrantLimit(Money limit) {
            ProjectSettings defaults = ProjectSettings.DEFAULTS;
            return new ProjectSettings(
                    defaults.endUserSessions(),
                    defaults.markupPercent(),
                    defaults.bonusPercent(),
                    defaults.allowedOrigins(),
                    defaults.disconnectPolicy(),
                    defaults.lowBalanceThreshold(),
                    limit,
                    defaults.defaultMaxTokens());
        }
    }

    @Nested
    class Keys {
        @Test
        void areShownOnceAndKeptAsAFingerprint() {
            Answer answer = post(
                            "projects/prj1/keys",
                            "{\"mode\":\"live\",\"name\":\"server\",\"expiresAt\":\"2027-01-01T00:00:00Z\"}")
                    .expect(201);
            CreateKey create = api.ledger.only(CreateKey.class);
            String secret = String.valueOf(answer.json().get("secret"));
            assertThat(secret).matches("sk_live_[0-9A-Za-z]{40}");
            assertThat(create.fingerprint().hex()).isEqualTo(api.fingerprints().fingerprint(secret));
            assertThat(create.kind()).isEqualTo(KeyKind.PLATFORM);
            assertThat(create.mode()).isEqualTo(Mode.LIVE);
            assertThat(create.organizationId()).isEqualTo(TestApi.ORGANIZATION);
            assertThat(create.projectId()).isEqualTo(TestApi.PROJECT);
            assertThat(create.expiresAt()).isEqualTo(Instant.parse("2027-01-01T00:00:00Z"));
            assertThat(create.preview()).isEqualTo("sk_live_…" + secret.substring(44));
            assertThat(create.toString()).doesNotContain(secret);
            assertThat(answer.json())
                    .containsEntry("id", create.keyId().value())
                    .containsEntry("kind", "platform")
                    .containsEntry("mode", "live")
                    .containsEntry("name", "server")
                    .containsEntry("revoked", false)
                    .containsEntry("expiresAt", "2027-01-01T00:00:00.000Z");
        }

        @Test
        void ofAuditorsBelongToAnOrganization() {
            Answer answer = post("organizations/org1/auditor-keys", "{}").expect(201);
            CreateKey create = api.ledger.only(CreateKey.class);
            assertThat(create.kind()).isEqualTo(KeyKind.AUDITOR);
            assertThat(create.projectId()).isNull();
            assertThat(String.valueOf(answer.json().get("secret"))).matches("ak_[0-9A-Za-z]{40}");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{} | mode",
                    "{\"mode\":\"Live\"} | mode",
                    "{\"mode\":\"test\",\"name\":1} | name",
                    "{\"mode\":\"test\",\"expiresAt\":\"2026-11-24T23:59:59Z\"} | expiresAt",
                    "{\"mode\":\"test\",\"expiresAt\":1} | expiresAt"
                })
        void aFaultyFieldIsNamed(String body, String field) {
            post("projects/prj1/keys", body).expectField(field);
            assertThat(api.ledger.commands).isEmpty();
        }

        @Test
        void areReplayedOnlyToTheOperatorWhoMadeThem() {
            Answer first = api.post(
                    "/v1/admin/projects/prj1/keys", TestApi.OPERATOR, "{\"mode\":\"test\"}", "Idempotency-Key", "k");
            Answer again = api.post(
                    "/v1/admin/projects/prj1/keys", TestApi.OPERATOR, "{\"mode\":\"test\"}", "Idempotency-Key", "k");
            assertThat(again.expect(201).text()).isEqualTo(first.expect(201).text());
            api.ledger.only(CreateKey.class);
            String secret = String.valueOf(first.json().get("secret"));
            assertThat(api.ledger.find("key:key2", "k"))
                    .hasValueSatisfying(stored ->
                            assertThat(new String(stored.answer(), ISO_8859_1)).doesNotContain(secret));
        }

        @Test
        void areRevoked() {
            assertThat(post("keys/key1/revoke", "").expect(200).json()).containsEntry("revoked", true);
            assertThat(api.ledger.only(RevokeKey.class).keyId().value()).isEqualTo("key1");
            post("keys/wal1/revoke", "").expectError(404, "not_found");
        }
    }
}
