package dev.purser.command.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.command.TestApi;
import dev.purser.projection.engine.RebuildRefused.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectionCareRoutesTest {
    private static final String REBUILD = "/v1/admin/projections/rebuild";

    private final TestApi api = new TestApi();

    @Test
    void aRebuildOfAllBeginsAndTellsHowFarItIs() {
        assertThat(api.post(REBUILD, TestApi.OPERATOR, "").expect(202).json())
                .containsEntry("projections", List.of("wallet", "session"))
                .containsEntry("onDifference", "keep")
                .containsEntry("phase", "filling")
                .containsEntry("eventsDone", 10)
                .containsEntry("eventsTotal", 100)
                .containsEntry("eventsPerSecond", 5)
                .containsEntry("etaSeconds", 18)
                .containsEntry("finishedAt", null);
    }

    @Test
    void oneIsChosenAndItsDifferencesAreTaken() {
        String body = "{\"projections\":[\"session\"],\"onDifference\":\"switch\"}";
        assertThat(api.post(REBUILD, TestApi.OPERATOR, body).expect(202).json())
                .containsEntry("projections", List.of("session"))
                .containsEntry("onDifference", "switch");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "projections|{\"projections\":[\"nobody\"]}",
                "projections|{\"projections\":\"wallet\"}",
                "onDifference|{\"onDifference\":\"maybe\"}"
            })
    void aWrongFieldIsNamed(String field, String body) {
        api.post(REBUILD, TestApi.OPERATOR, body).expectField(field);
        assertThat(api.projectionCare.last).isNull();
    }

    @Test
    void whatCannotBeDoneNowIsAConflict() {
        api.projectionCare.refusal = Reason.UNDER_WAY;
        api.post(REBUILD, TestApi.OPERATOR, "").expectError(409, "rebuild_under_way");
        api.projectionCare.refusal = Reason.NOTHING_KEPT;
        api.post(REBUILD + "/switch", TestApi.OPERATOR, "").expectError(409, "no_rebuilt_tables");
        api.post(REBUILD + "/discard", TestApi.OPERATOR, "").expectError(409, "no_rebuilt_tables");
    }

    @Test
    void keptTablesAreSwitchedToOrDiscarded() {
        assertThat(api.post(REBUILD + "/switch", TestApi.OPERATOR, "")
                        .expect(200)
                        .json())
                .containsEntry("phase", "switched");
        assertThat(api.post(REBUILD + "/discard", TestApi.OPERATOR, "")
                        .expect(200)
                        .json())
                .containsEntry("phase", "discarded");
    }

    @Test
    void deadLettersAreTriedAgain() {
        assertThat(api.post("/v1/admin/projections/wallet/retry", TestApi.OPERATOR, "")
                        .expect(200)
                        .json())
                .containsEntry("applied", 2)
                .containsEntry("left", 1);
        api.post("/v1/admin/projections/nobody/retry", TestApi.OPERATOR, "").expectError(404, "not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {REBUILD, REBUILD + "/switch", REBUILD + "/discard", "/v1/admin/projections/wallet/retry"})
    void onlyAnOperatorMay(String path) {
        api.post(path, TestApi.SECRET, "").expectError(401, "wrong_token_kind");
        api.post(path, null, "").expectError(401, "token_missing");
    }
}
