package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.ApiException;
import com.stripe.model.Account;
import com.stripe.model.Transfer;
import com.stripe.net.RequestOptions;
import com.stripe.param.TransferCreateParams;
import com.stripe.param.TransferListParams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers that get lost, and Stripe's bad days. */
class FaultsTest {
    private static final String KEY = Fixture.LIVE.secretKey();
    private final Fixture fixture = Fixture.started();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aLostAnswerHidesATransferThatTheSameKeyFindsAgain() throws Exception {
        Account account = solvent();
        fault("lose_answer", "-1");
        assertThat(catchThrowableOfType(ApiConnectionException.class, () -> transfer(account, "pyt_1")))
                .isNotNull();
        assertThat(transfers("pyt_1")).isEqualTo(1);
        fixture.call(KEY, "DELETE", "/sandbox/faults", null);

        Transfer found = transfer(account, "pyt_1");

        assertThat(found.getTransferGroup()).isEqualTo("pyt_1");
        assertThat(transfers("pyt_1")).isEqualTo(1);
    }

    @Test
    void afterADayOnlyItsGroupFindsIt() throws Exception {
        Account account = solvent();
        fault("lose_answer", "-1");
        assertThat(catchThrowableOfType(ApiConnectionException.class, () -> transfer(account, "pyt_1")))
                .isNotNull();
        fixture.call(KEY, "DELETE", "/sandbox/faults", null);
        fixture.post(KEY, "/sandbox/clock", "advance_seconds", "86400");

        assertThat(fixture.live
                        .v1()
                        .transfers()
                        .list(TransferListParams.builder()
                                .setTransferGroup("pyt_1")
                                .build())
                        .getData())
                .hasSize(1);
        transfer(account, "pyt_1");
        assertThat(transfers("pyt_1")).as("the key is forgotten").isEqualTo(2);
    }

    @Test
    void aLostRequestDoesNothing() throws Exception {
        Account account = solvent();
        fault("lose_request", "-1");

        assertThat(catchThrowableOfType(ApiConnectionException.class, () -> transfer(account, "pyt_1")))
                .isNotNull();

        assertThat(transfers("pyt_1")).isZero();
    }

    @Test
    void aFailureHasItsStatusAndIsUsedUp() throws Exception {
        Account account = solvent();
        fixture.post(KEY, "/sandbox/faults", "kind", "fail", "status", "503", "path", "/v1/transfers");

        ApiException failed = catchThrowableOfType(ApiException.class, () -> transfer(account, "pyt_1"));

        assertThat(failed.getStatusCode()).isEqualTo(503);
        assertThat(transfers("pyt_1")).isZero();
        transfer(account, "pyt_1");
        assertThat(transfers("pyt_1")).isEqualTo(1);
    }

    @Test
    void aFaultHitsOnlyItsMethodAndPath() throws Exception {
        Account account = solvent();
        fixture.post(KEY, "/sandbox/faults", "kind", "fail", "method", "GET", "path", "/v1/transfers", "times", "1");

        transfer(account, "pyt_1");

        assertThat(catchThrowableOfType(
                        ApiException.class, () -> fixture.live.v1().transfers().list()))
                .isNotNull();
        assertThat(fixture.live.v1().transfers().list().getData()).hasSize(1);
    }

    @Test
    void anUnknownFaultIsRefused() throws Exception {
        assertThat(fixture.call(KEY, "POST", "/sandbox/faults", "kind=explode").body())
                .contains("must be one of lose_answer, lose_request, fail, delay");
    }

    private void fault(String kind, String times) throws Exception {
        fixture.post(KEY, "/sandbox/faults", "kind", kind, "method", "POST", "path", "/v1/transfers", "times", times);
    }

    private Account solvent() throws Exception {
        fixture.post(KEY, "/sandbox/balance", "amount", "100000", "currency", "usd");
        return fixture.onboarded(fixture.live, KEY);
    }

    private Transfer transfer(Account account, String payout) throws Exception {
        return fixture.live
                .v1()
                .transfers()
                .create(
                        TransferCreateParams.builder()
                                .setAmount(400L)
                                .setCurrency("usd")
                                .setDestination(account.getId())
                                .setTransferGroup(payout)
                                .build(),
                        RequestOptions.builder().setIdempotencyKey(payout).build());
    }

    private int transfers(String group) throws Exception {
        return fixture.get(KEY, "/sandbox/transfers?transfer_group=" + group)
                .get("count")
                .intValue();
    }
}
