package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.PermissionException;
import com.stripe.model.Account;
import com.stripe.model.AccountLink;
import com.stripe.model.Event;
import com.stripe.model.Transfer;
import com.stripe.model.TransferReversal;
import com.stripe.param.AccountCreateParams;
import com.stripe.param.AccountLinkCreateParams;
import com.stripe.param.EventListParams;
import com.stripe.param.TransferCreateParams;
import com.stripe.param.TransferListParams;
import com.stripe.param.TransferReversalCreateParams;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ConnectTest {
    private static final String KEY = Fixture.LIVE.secretKey();
    private final Fixture fixture = Fixture.started();

    @AfterEach
    void close() {
        fixture.close();
    }

    private Account created() throws Exception {
        return fixture.live
                .v1()
                .accounts()
                .create(AccountCreateParams.builder()
                        .setType(AccountCreateParams.Type.EXPRESS)
                        .setEmail("dev@example.com")
                        .setCapabilities(AccountCreateParams.Capabilities.builder()
                                .setTransfers(AccountCreateParams.Capabilities.Transfers.builder()
                                        .setRequested(true)
                                        .build())
                                .build())
                        .build());
    }

    private List<Event> events(String type) throws Exception {
        return fixture.live
                .v1()
                .events()
                .list(EventListParams.builder().setType(type).build())
                .getData();
    }

    @Nested
    class Onboarding {
        @Test
        void anAccountCanBePaidOnceItsHolderHasCompletedThePage() throws Exception {
            Account account = created();
            assertThat(account.getDetailsSubmitted()).isFalse();
            assertThat(account.getPayoutsEnabled()).isFalse();
            assertThat(account.getCapabilities().getTransfers()).isEqualTo("inactive");
            assertThat(account.getRequirements().getCurrentlyDue()).contains("external_account");
            AccountLink link = link(account);
            assertThat(fixture.browse(link.getUrl(), null).body()).contains("Complete onboarding", account.getId());

            HttpResponse<String> done = fixture.browse(link.getUrl(), "answer=complete");

            assertThat(done.statusCode()).isEqualTo(303);
            assertThat(done.headers().firstValue("Location")).contains("https://dev.example/return");
            Account onboarded = fixture.live.v1().accounts().retrieve(account.getId());
            assertThat(onboarded.getDetailsSubmitted()).isTrue();
            assertThat(onboarded.getPayoutsEnabled()).isTrue();
            assertThat(onboarded.getCapabilities().getTransfers()).isEqualTo("active");
            assertThat(onboarded.getRequirements().getCurrentlyDue()).isEmpty();
            assertThat(events("account.updated")).hasSize(1);
        }

        @Test
        void whoLeavesThePageIsSentBackWithoutHavingTold() throws Exception {
            Account account = created();

            HttpResponse<String> left = fixture.browse(link(account).getUrl(), "answer=leave");

            assertThat(left.headers().firstValue("Location")).contains("https://dev.example/return");
            assertThat(fixture.live.v1().accounts().retrieve(account.getId()).getDetailsSubmitted())
                    .isFalse();
        }

        @Test
        void aLinkThatIsUsedOrTooOldSendsForAFreshOne() throws Exception {
            Account account = created();
            AccountLink used = link(account);
            fixture.browse(used.getUrl(), "answer=leave");
            AccountLink old = link(account);
            fixture.post(KEY, "/sandbox/clock", "advance_seconds", "301");

            assertThat(fixture.browse(used.getUrl(), null).headers().firstValue("Location"))
                    .contains("https://dev.example/refresh");
            assertThat(fixture.browse(old.getUrl(), "answer=complete").headers().firstValue("Location"))
                    .contains("https://dev.example/refresh");
            assertThat(fixture.live.v1().accounts().retrieve(account.getId()).getDetailsSubmitted())
                    .isFalse();
        }

        @Test
        void anotherSecretOpensNothing() throws Exception {
            String url = link(created()).getUrl();

            assertThat(fixture.browse(url + "x", null).statusCode()).isEqualTo(404);
        }

        @Test
        void anAccountThatDoesNotExistIsForbidden() {
            assertThat(catchThrowableOfType(
                                    PermissionException.class,
                                    () -> fixture.live.v1().accounts().retrieve("acct_1nobody"))
                            .getCode())
                    .isEqualTo("account_invalid");
        }

        private AccountLink link(Account account) throws Exception {
            return fixture.live
                    .v1()
                    .accountLinks()
                    .create(AccountLinkCreateParams.builder()
                            .setAccount(account.getId())
                            .setReturnUrl("https://dev.example/return")
                            .setRefreshUrl("https://dev.example/refresh")
                            .setType(AccountLinkCreateParams.Type.ACCOUNT_ONBOARDING)
                            .build());
        }
    }

    @Nested
    class Transfers {
        @Test
        void moveMoneyFromTheBalanceAndAreFoundByTheirGroup() throws Exception {
            Account account = fixture.onboarded(fixture.live, KEY);
            fixture.post(KEY, "/sandbox/balance", "amount", "1000", "currency", "usd");

            Transfer transfer = transfer(account, 400, "pyt_1");
            transfer(account, 100, "pyt_2");

            assertThat(transfer.getDestination()).isEqualTo(account.getId());
            assertThat(transfer.getMetadata()).containsEntry("payout", "pyt_1");
            assertThat(fixture.live
                            .v1()
                            .transfers()
                            .list(TransferListParams.builder()
                                    .setTransferGroup("pyt_1")
                                    .build())
                            .getData())
                    .extracting(Transfer::getId)
                    .containsExactly(transfer.getId());
            assertThat(fixture.live
                            .v1()
                            .balance()
                            .retrieve()
                            .getAvailable()
                            .getFirst()
                            .getAmount())
                    .isEqualTo(500);
            assertThat(events("transfer.created")).hasSize(2);
            ObjectNode counted = fixture.get(KEY, "/sandbox/transfers?transfer_group=pyt_1");
            assertThat(counted.get("count").intValue()).isEqualTo(1);
            assertThat(counted.get("amount").intValue()).isEqualTo(400);
        }

        @Test
        void areReversedInPartsUntilNothingIsLeft() throws Exception {
            Account account = fixture.onboarded(fixture.live, KEY);
            fixture.post(KEY, "/sandbox/balance", "amount", "1000", "currency", "usd");
            Transfer transfer = transfer(account, 400, "pyt_1");

            TransferReversal part = reverse(transfer, 150);
            reverse(transfer, 250);

            assertThat(part.getTransfer()).isEqualTo(transfer.getId());
            Transfer reversed = fixture.live.v1().transfers().retrieve(transfer.getId());
            assertThat(reversed.getReversed()).isTrue();
            assertThat(reversed.getAmountReversed()).isEqualTo(400);
            assertThat(fixture.live
                            .v1()
                            .transfers()
                            .reversals()
                            .list(transfer.getId())
                            .getData())
                    .hasSize(2);
            Event last = events("transfer.reversed").getFirst();
            Transfer told =
                    (Transfer) last.getDataObjectDeserializer().getObject().orElseThrow();
            assertThat(told.getTransferGroup()).isEqualTo("pyt_1");
            assertThat(told.getReversed()).isTrue();
            assertThat(catchThrowableOfType(InvalidRequestException.class, () -> reverse(transfer, 1)))
                    .hasMessageContaining("greater than unreversed amount");
        }

        @Test
        void withoutEnoughBalanceAreRefused() throws Exception {
            Account account = fixture.onboarded(fixture.live, KEY);
            fixture.post(KEY, "/sandbox/balance", "amount", "399", "currency", "usd");

            InvalidRequestException refused =
                    catchThrowableOfType(InvalidRequestException.class, () -> transfer(account, 400, "pyt_1"));

            assertThat(refused.getCode()).isEqualTo("balance_insufficient");
            assertThat(refused.getStatusCode()).isEqualTo(400);
        }

        @Test
        void toAnAccountThatMayNotBePaidAreRefused() throws Exception {
            Account fresh = created();
            Account restricted = fixture.onboarded(fixture.live, KEY);
            fixture.post(KEY, "/sandbox/accounts/" + restricted.getId() + "/payouts", "enabled", "false");
            fixture.post(KEY, "/sandbox/balance", "amount", "1000", "currency", "usd");

            assertThat(List.of(fresh, restricted))
                    .allSatisfy(account -> assertThat(catchThrowableOfType(
                                            InvalidRequestException.class, () -> transfer(account, 400, "pyt_1"))
                                    .getCode())
                            .isEqualTo("insufficient_capabilities_for_transfer"));
            assertThat(fixture.live.v1().accounts().retrieve(restricted.getId()).getPayoutsEnabled())
                    .isFalse();
        }

        private Transfer transfer(Account account, long cents, String group) throws Exception {
            return fixture.live
                    .v1()
                    .transfers()
                    .create(TransferCreateParams.builder()
                            .setAmount(cents)
                            .setCurrency("usd")
                            .setDestination(account.getId())
                            .setTransferGroup(group)
                            .putMetadata("payout", group)
                            .build());
        }

        private TransferReversal reverse(Transfer transfer, long cents) throws Exception {
            return fixture.live
                    .v1()
                    .transfers()
                    .reversals()
                    .create(
                            transfer.getId(),
                            TransferReversalCreateParams.builder()
                                    .setAmount(cents)
                                    .build());
        }
    }
}
