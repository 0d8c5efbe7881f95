package dev.purser.payments.payout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.PayoutId;
import dev.purser.domain.payout.PayoutStatus;
import dev.purser.projection.payout.PayoutDetails;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When it is an organization's turn again. */
class AutomaticPayoutsTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private static PayoutDetails last(PayoutStatus status, @Nullable String transferId) {
        return new PayoutDetails(
                new PayoutId("pyt1"),
                new OrganizationId("org1"),
                "acct_1",
                Money.ofDollars(5),
                true,
                status,
                transferId,
                null,
                NOON,
                null,
                1);
    }

    @ParameterizedTest
    @CsvSource({
        "PAID, tr_1, PT168H, PT167H, false",
        "PAID, tr_1, PT168H, PT168H, true",
        "FAILED, , PT168H, PT59M, false",
        "FAILED, , PT168H, PT1H, true",
        "FAILED, , PT5M, PT5M, true",
        "FAILED, tr_1, PT168H, PT1H, false",
        "IN_FLIGHT, , PT168H, PT1H, false"
    })
    void aRefusedOneIsTriedAgainAfterAnHour(
            PayoutStatus status, @Nullable String transferId, Duration interval, Duration since, boolean due) {
        assertThat(AutomaticPayouts.isDue(last(status, transferId), interval, NOON.plus(since)))
                .isEqualTo(due);
    }
}
