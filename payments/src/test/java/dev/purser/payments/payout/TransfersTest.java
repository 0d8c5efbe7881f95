package dev.purser.payments.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.param.AccountCreateParams;
import com.stripe.param.TransferListParams;
import dev.purser.domain.Ledger;
import dev.purser.domain.LedgerCommand;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.PayoutId;
import dev.purser.domain.Rejected;
import dev.purser.domain.Rejection.PayoutNotInFlight;
import dev.purser.domain.payout.PayoutCommand;
import dev.purser.domain.payout.PayoutCommand.ConfirmPayout;
import dev.purser.domain.payout.PayoutCommand.FailPayout;
import dev.purser.domain.payout.PayoutStatus;
import dev.purser.domain.payout.PayoutView;
import dev.purser.payments.payout.Transfers.Order;
import dev.purser.payments.payout.Transfers.Result;
import dev.purser.payments.reconciliation.Finding;
import dev.purser.payments.stripe.StripeClients;
import dev.purser.payments.stripe.StripeSettings;
import dev.purser.sandbox.ModeKeys;
import dev.purser.sandbox.SandboxSettings;
import dev.purser.sandbox.StripeSandbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The one transfer of a payout, with real requests to Stripe's stand-in, whose clock is ours. */
class TransfersTest {
    private static final ModeKeys LIVE = new ModeKeys("sk_live_transfers", "pk_live_transfers", null);
    private static final ModeKeys TEST = new ModeKeys("sk_test_transfers", "pk_test_transfers", null);
    private static final Ledger.Cause CAUSE = new Ledger.Cause("test", "");

    private final MovingClock clock = new MovingClock();
    private final List<LedgerCommand<?>> sent = new ArrayList<>();
    private final List<Finding> found = new ArrayList<>();
    private final StripeSandbox stripe =
            StripeSandbox.start(SandboxSettings.of(TEST, LIVE).withClock(clock));
    private final Transfers transfers = new Transfers(
            new StripeClients(new StripeSettings(
                    stripe.baseUrl(), LIVE.secretKey(), null, Duration.ofSeconds(2), Duration.ofSeconds(2), 0)),
            new Recorder(),
            (_, finding, _) -> found.add(finding),
            clock);
    private final StripeClient operator = StripeClient.builder()
            .setApiKey(LIVE.secretKey())
            .setApiBase(stripe.baseUrl().toString())
            .build();
    private Order order = order("acct_none");
    private boolean hasFailed;

    /** Time stands still until it is moved. */
    private static final class MovingClock extends Clock implements InstantSource {
        private Instant now = Instant.parse("2026-01-31T12:00:00Z");

        void move(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public long millis() {
            return now.toEpochMilli();
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** Notes commands, and answers as a payout would. */
    private final class Recorder implements Ledger {
        @Override
        @SuppressWarnings("unchecked") // only payouts' commands come here
        public <R> R send(LedgerCommand<R> command, Cause cause) {
            sent.add(command);
            PayoutCommand payout = (PayoutCommand) command;
            if (hasFailed) {
                throw new PayoutNotInFlight(payout.payoutId()).asException();
            }
            return (R) new PayoutView(
                    payout.payoutId(),
                    new OrganizationId("org1"),
                    order.destination(),
                    order.amount(),
                    PayoutStatus.PAID,
                    "tr_1",
                    order.requestedAt(),
                    Money.ZERO);
        }

        @Override
        public <R> R send(LedgerCommand<R> command, Cause cause, Remember<R> remember) {
            throw new AssertionError("nothing is remembered here");
        }

        @Override
        public <R> R send(LedgerCommand<R> command, Cause cause, Forget forget) {
            throw new AssertionError("nothing is forgotten here");
        }
    }

    @BeforeEach
    void onboard() throws Exception {
        String account = operator.v1()
                .accounts()
                .create(AccountCreateParams.builder()
                        .setType(AccountCreateParams.Type.EXPRESS)
                        .setCapabilities(AccountCreateParams.Capabilities.builder()
                                .setTransfers(AccountCreateParams.Capabilities.Transfers.builder()
                                        .setRequested(true)
                                        .build())
                                .build())
                        .build())
                .getId();
        control("POST", "/sandbox/accounts/" + account + "/complete", "");
        control("POST", "/sandbox/balance", "amount=10000&currency=usd");
        order = order(account);
    }

    @AfterEach
    void stop() {
        stripe.close();
    }

    private Order order(String destination) {
        return new Order(new PayoutId("pyt1"), destination, Money.ofDollars(5), clock.instant());
    }

    private void control(String method, String path, String form) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(stripe.baseUrl() + path))
                            .header("Authorization", "Bearer " + LIVE.secretKey())
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .method(method, HttpRequest.BodyPublishers.ofString(form))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    private int made() throws StripeException {
        return operator.v1()
                .transfers()
                .list(TransferListParams.builder().setTransferGroup("pyt1").build())
                .getData()
                .size();
    }

    @Test
    void aTransferIsMadeOnceAndConfirmed() throws StripeException {
        assertThat(transfers.settle(order, CAUSE)).isInstanceOf(Result.Made.class);
        assertThat(transfers.settle(order, CAUSE)).isInstanceOf(Result.Made.class);
        assertThat(made()).isEqualTo(1);
        assertThat(sent).hasSize(2).allMatch(command -> command instanceof ConfirmPayout);
        assertThat(sent.getFirst()).isEqualTo(sent.getLast());
    }

    /** Beyond a day Stripe has forgotten the key: asking with it alone would make a second transfer. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 22, 23, 24, 25, 47, 24 * 40})
    void aLostAnswerIsFoundHoweverLate(int hours) throws Exception {
        control("POST", "/sandbox/faults", "kind=lose_answer&method=POST&path=/v1/transfers&times=-1");
        assertThat(transfers.settle(order, CAUSE)).isInstanceOf(Result.InDoubt.class);
        assertThat(sent).isEmpty();
        control("DELETE", "/sandbox/faults", "");
        clock.move(Duration.ofHours(hours).plusMinutes(1));

        assertThat(transfers.settle(order, CAUSE)).isInstanceOf(Result.Made.class);

        assertThat(made()).isEqualTo(1);
        assertThat(sent).hasSize(1).first().isInstanceOf(ConfirmPayout.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 30})
    void aRequestThatNeverArrivedIsMadeLater(int hours) throws Exception {
        control("POST", "/sandbox/faults", "kind=lose_request&method=POST&path=/v1/transfers&times=-1");
        assertThat(transfers.settle(order, CAUSE)).isInstanceOf(Result.InDoubt.class);
        assertThat(made()).isZero();
        control("DELETE", "/sandbox/faults", "");
        clock.move(Duration.ofHours(hours));

        assertThat(transfers.settle(order, CAUSE)).isInstanceOf(Result.Made.class);
        assertThat(made()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429, 409, 401})
    void anErrorThatSaysNothingAboutAnEarlierTryLeavesThePayoutInDoubt(int status) throws Exception {
        control("POST", "/sandbox/faults", "kind=fail&method=POST&path=/v1/transfers&times=-1&status=" + status);
        assertThat(transfers.settle(order, CAUSE)).isInstanceOf(Result.InDoubt.class);
        assertThat(sent).isEmpty();
    }

    @Test
    void aRefusalFailsThePayoutWithStripesReason() throws StripeException {
        Order tooMuch = new Order(order.payoutId(), order.destination(), Money.ofDollars(500), order.requestedAt());
        assertThat(transfers.settle(tooMuch, CAUSE)).isInstanceOf(Result.Refused.class);
        assertThat(sent).hasSize(1);
        assertThat(((FailPayout) sent.getFirst()).reason())
                .startsWith("refused by Stripe: ")
                .contains("balance_insufficient");
        assertThat(made()).isZero();
    }

    /** That Stripe does not list its transfers says nothing about this one. */
    @Test
    void aListThatIsRefusedLeavesThePayoutInDoubt() throws Exception {
        assertThat(transfers.make(order)).isInstanceOf(Result.Made.class);
        clock.move(Duration.ofHours(30));
        control("POST", "/sandbox/faults", "kind=fail&method=GET&path=/v1/transfers&times=-1&status=400");
        assertThat(transfers.settle(order, CAUSE)).isInstanceOf(Result.InDoubt.class);
        assertThat(sent).isEmpty();
    }

    @Test
    void aTransferOfAPayoutThatHasFailedHereIsToldToTheOperator() {
        hasFailed = true;
        assertThatThrownBy(() -> transfers.settle(order, CAUSE)).isInstanceOf(Rejected.class);
        assertThat(found).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Finding.Kind.PAYOUT_CONFLICT);
            assertThat(finding.topUpId()).isEqualTo("pyt1");
            assertThat(finding.stripeId()).startsWith("tr_");
        });
    }
}
