package dev.purser.query.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.Mode;
import dev.purser.edge.Caller;
import dev.purser.projection.TestLedger;
import dev.purser.projection.TestLedger.Tenant;
import dev.purser.query.QueryApi;
import dev.purser.query.QueryApi.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminRoutesTest {
    private final QueryApi api = new QueryApi();
    private final TestLedger ledger = api.ledger;
    private final Caller operator = api.operator();
    private final Tenant tenant = ledger.tenant();

    @AfterAll
    void stop() {
        api.close();
    }

    @Test
    void organizationsArePaged() {
        Tenant newer = ledger.tenant();

        Answer first = api.ask(operator, "/v1/admin/organizations?limit=1");

        assertThat(ids(first, "organizations"))
                .containsExactly(newer.organization().value());
        assertThat(first.json().get("total")).isInstanceOf(Integer.class);
        assertThat(ids(api.ask(operator, "/v1/admin/organizations?limit=200"), "organizations"))
                .contains(tenant.organization().value());
        assertThat(api.ask(operator, "/v1/admin/organizations/{id}", tenant.organization())
                        .json())
                .containsEntry("name", "Acme")
                .containsEntry("active", true)
                .containsKey("createdAt");
    }

    @Test
    void projectsAreListedByOrganizationWithTheirSettings() {
        Tenant second = ledger.project(tenant.organization());

        Answer answer = api.ask(operator, "/v1/admin/organizations/{id}/projects", tenant.organization());

        assertThat(ids(answer, "projects"))
                .startsWith(second.project().value())
                .contains(tenant.project().value());
        Answer one = api.ask(operator, "/v1/admin/projects/{id}", second.project());
        assertThat(one.json())
                .containsEntry("organizationId", tenant.organization().value())
                .containsEntry("name", "Chat");
        assertThat(one.object("settings"))
                .containsEntry("endUserSessions", false)
                .containsEntry("lowBalanceThreshold", "1");
    }

    @Test
    void keysAreListedByProjectAndNeverShowTheToken() {
        ledger.platformKey(tenant, "one", null);
        ledger.platformKey(tenant.in(Mode.LIVE), "two", Instant.parse("2030-01-01T00:00:00Z"));

        Answer answer = api.ask(operator, "/v1/admin/projects/{id}/keys?limit=1", tenant.project());

        assertThat(answer.json()).containsEntry("total", 2);
        assertThat(answer.list("keys"))
                .singleElement()
                .satisfies(key -> assertThat(key)
                        .containsEntry("mode", "live")
                        .containsEntry("expiresAt", "2030-01-01T00:00:00.000Z")
                        .containsEntry("revoked", false)
                        .containsEntry("preview", "sk_test_ab…yz")
                        .doesNotContainKeys("token", "fingerprint"));
    }

    @Test
    void projectionsShowHowFarTheyAre() {
        ledger.settle();

        Answer answer = api.ask(operator, "/v1/admin/projections");

        long head = ledger.engine.log().head();
        assertThat(answer.json())
                .containsEntry("head", (int) head)
                .containsEntry("deadLetterCount", 0)
                .containsEntry("deadLetters", List.of());
        assertThat(answer.list("projections"))
                .extracting(projection -> projection.get("name"))
                .containsExactly(
                        "books",
                        "customer",
                        "ledger_entry",
                        "margin",
                        "payout",
                        "request",
                        "session",
                        "topup",
                        "wallet");
        assertThat(answer.list("projections"))
                .allSatisfy(projection -> assertThat(projection)
                        .containsEntry("position", (int) head)
                        .containsEntry("lag", 0));
    }

    @Test
    void theLastRebuildIsShownWithWhatItFound() {
        assertThat(api.ask(operator, "/v1/admin/projections/rebuild").status()).isEqualTo(404);
        ledger.settle();
        ledger.rebuild();

        Answer answer = api.ask(operator, "/v1/admin/projections/rebuild");

        assertThat(answer.json())
                .containsEntry("phase", "switched")
                .containsEntry("onDifference", "switch")
                .containsEntry("error", null)
                .containsEntry("etaSeconds", null)
                .containsEntry("eventsDone", (int) ledger.engine.log().head())
                .containsEntry("eventsTotal", (int) ledger.engine.log().head());
        assertThat(answer.list("comparison"))
                .hasSize(14)
                .allSatisfy(table -> assertThat(table)
                        .containsEntry("equal", true)
                        .containsEntry("differing", 0)
                        .containsEntry("sample", List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/admin/organizations/orgNobody",
                "/v1/admin/organizations/orgNobody/projects",
                "/v1/admin/projects/prjNobody",
                "/v1/admin/projects/prjNobody/keys",
                "/v1/admin/projects/orgNobody"
            })
    void whatIsNotThereIsA404(String path) {
        assertThat(api.ask(operator, path).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=x", "offset=-1", "offset=x"})
    void aBadParameterIsNamed(String parameter) {
        Answer answer = api.ask(operator, "/v1/admin/organizations?" + parameter);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.badField()).isEqualTo(parameter.substring(0, parameter.indexOf('=')));
    }

    private static List<String> ids(Answer answer, String field) {
        List<Map<String, @Nullable Object>> items = answer.list(field);
        return items.stream().map(item -> String.valueOf(item.get("id"))).toList();
    }
}
