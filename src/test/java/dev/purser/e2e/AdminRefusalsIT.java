package dev.purser.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What an operator is refused, and what it is never shown. */
class AdminRefusalsIT {
    private final Product product = Product.shared();
    private final Tenant tenant = Tenant.of(product);
    private final Api operator = product.operator();
    private final String project = "/v1/admin/projects/" + tenant.projectId();

    @TestFactory
    Stream<DynamicTest> settingsAreChecked() {
        Refusals refusals = new Refusals();
        for (String markup : List.of("-1", "100.1", "\"x\"", "true", "0.00001")) {
            refusals.field("settings.markupPercent", "markup " + markup, () -> set("\"markupPercent\":" + markup));
        }
        for (String bonus : List.of("-1", "1000.1", "[]")) {
            refusals.field("settings.bonusPercent", "bonus " + bonus, () -> set("\"bonusPercent\":" + bonus));
        }
        for (String origins : List.of(
                "\"https://a.example\"",
                "[\"a.example\"]",
                "[\"ftp://a.example\"]",
                "[\"https://a.example/\"]",
                "[\"https://a.example:443\"]",
                "[\"https://A.example\"]",
                "[\"https://a.example?x\"]",
                "[\"https://user@a.example\"]",
                "[\"*\"]",
                "[\"\"]",
                "[1]")) {
            refusals.field("settings.allowedOrigins", "origins " + origins, () -> set("\"allowedOrigins\":" + origins));
        }
        List<String> tooMany = IntStream.range(0, 21)
                .mapToObj(number -> "https://a" + number + ".example")
                .toList();
        return refusals.field(
                        "settings.allowedOrigins", "21 origins", () -> set("\"allowedOrigins\":" + Json.write(tooMany)))
                .passes("20 origins", 200, () -> set("\"allowedOrigins\":" + Json.write(tooMany.subList(0, 20))))
                .field("settings.disconnectPolicy", "an unknown policy", () -> set("\"disconnectPolicy\":\"wait\""))
                .field("settings.endUserSessions", "text as a switch", () -> set("\"endUserSessions\":\"yes\""))
                .field("settings.lowBalanceThreshold", "a negative threshold", () -> set("\"lowBalanceThreshold\":-1"))
                .field("settings.dailyGrantLimit", "a negative grant limit", () -> set("\"dailyGrantLimit\":-1"))
                .field("settings.brandName", "an empty brand", () -> set("\"brandName\":\"\""))
                .field("settings.supportEmail", "no e-mail address", () -> set("\"supportEmail\":\"nobody\""))
                .field(
                        "settings.statementDescriptorSuffix",
                        "a suffix without a letter",
                        () -> set("\"statementDescriptorSuffix\":\"123\""))
                .field(
                        "settings.statementDescriptorSuffix",
                        "a suffix that no bank prints",
                        () -> set("\"statementDescriptorSuffix\":\"ACME*\""))
                .field("settings.defaultMaxTokens", "no tokens by default", () -> set("\"defaultMaxTokens\":0"))
                .rows();
    }

    @TestFactory
    Stream<DynamicTest> bodiesAndIdsAreChecked() {
        String organizations = "/v1/admin/organizations";
        return new Refusals()
                .field("name", "an organization without a name", () -> operator.post(organizations, "{}"))
                .field(
                        "name",
                        "an organization with an empty name",
                        () -> operator.post(organizations, "{\"name\":\"\"}"))
                .field("mode", "a key without a mode", () -> operator.post(project + "/keys", "{}"))
                .field(
                        "mode",
                        "a key of an unknown mode",
                        () -> operator.post(project + "/keys", "{\"mode\":\"prod\"}"))
                .field(
                        "expiresAt",
                        "a key that has expired already",
                        () -> operator.post(
                                project + "/keys", "{\"mode\":\"test\",\"expiresAt\":\"2020-01-01T00:00:00Z\"}"))
                .field(
                        "amount",
                        "promotional credits of nothing",
                        () -> operator.post(promotion(tenant.organizationId()), "{\"amount\":0}"))
                .field(
                        "expiresAt",
                        "promotional credits that have expired already",
                        () -> operator.post(
                                promotion(tenant.organizationId()),
                                "{\"amount\":1,\"expiresAt\":\"2020-01-01T00:00:00Z\"}"))
                .api(
                        "promotional credits of an unknown organization",
                        404,
                        "not_found",
                        () -> operator.post(promotion("orgUnknown"), "{\"amount\":1}"))
                .api("an unknown organization", 404, "not_found", () -> operator.get(organizations + "/orgUnknown"))
                .api(
                        "projects of an unknown organization",
                        404,
                        "not_found",
                        () -> operator.post(organizations + "/orgUnknown/projects", "{\"name\":\"x\"}"))
                .api(
                        "an unknown project",
                        404,
                        "not_found",
                        () -> operator.patch("/v1/admin/projects/prjUnknown", "{}"))
                .api(
                        "keys of an unknown project",
                        404,
                        "not_found",
                        () -> operator.post("/v1/admin/projects/prjUnknown/keys", "{\"mode\":\"test\"}"))
                .api("an unknown key", 404, "not_found", () -> operator.post("/v1/admin/keys/keyUnknown/revoke"))
                .rows();
    }

    private static String promotion(String organizationId) {
        return "/v1/admin/organizations/" + organizationId + "/promotional-credits";
    }

    @Test
    void keysAreShownOnceAndNeverAgain() {
        Answer made = tenant.newKey("live");
        String secret = made.text("/secret");
        Answer listed = operator.get(project + "/keys").expect(200);
        assertThat(listed.body()).contains(made.text("/id")).doesNotContain(secret, secret.substring(8));
        String preview = made.text("/preview");
        assertThat(secret).startsWith(preview.substring(0, 8));
        assertThat(preview).hasSizeLessThan(24);
    }

    @Test
    void noEventIsParkedByAnyReadModel() {
        Answer projections = operator.get("/v1/admin/projections").expect(200);
        assertThat(projections.at("/deadLetters").size()).as(projections.body()).isZero();
    }

    private Answer set(String field) {
        return operator.patch(project, "{\"settings\":{" + field + "}}");
    }
}
