package dev.purser.edge.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.purser.domain.ClaimTaken;
import dev.purser.domain.Ledger.Cause;
import dev.purser.domain.Money;
import dev.purser.domain.Rejected;
import dev.purser.domain.Rejection.InsufficientCredits;
import dev.purser.edge.Accesses;
import dev.purser.edge.Caller;
import dev.purser.edge.Problem;
import dev.purser.edge.idempotency.FakeLedger.Decide;
import dev.purser.edge.request.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.ResponseEntity;

class IdempotencyTest {
    private static final Caller BACKEND = new Caller.Backend(new Accesses.Platform().access());
    private static final Caller BROWSER = new Caller.Browser(new Accesses.Session().access());
    private static final String BODY = "{\"amount\":5}";

    private final FakeLedger ledger = new FakeLedger();
    private final Idempotency node = new Idempotency(ledger, ledger, new TokenSeal(), Duration.ofSeconds(30));
    private final Idempotency otherNode = new Idempotency(ledger, ledger, new TokenSeal(), Duration.ofSeconds(30));
    private final AtomicInteger credited = new AtomicInteger();

    private static Call call(@Nullable String key) {
        return call(BACKEND, "token", "/v1/wallets/wal1/credit", key, BODY);
    }

    private static Call call(Caller caller, String token, String path, @Nullable String key, String body) {
        return new Call("req1", caller, token, "POST", path, key, body.getBytes(UTF_8));
    }

    private ResponseEntity<byte[]> credit(Idempotency at, Call call) {
        return at.answer(
                call,
                commands -> commands.answer(
                        201, new Decide<>(credited::incrementAndGet), count -> Map.of("balance", count)));
    }

    private static String text(ResponseEntity<byte[]> response) {
        return new String(requireNonNull(response.getBody()), UTF_8);
    }

    private static boolean isReplay(ResponseEntity<byte[]> response) {
        return response.getHeaders().containsHeader("Idempotent-Replayed");
    }

    private static Problem refusal(Callable<?> attempt) {
        Problem problem = catchThrowableOfType(Problem.class, attempt::call);
        assertThat(problem).as("nothing was refused").isNotNull();
        return problem;
    }

    @Nested
    class Replays {
        @Test
        void theSameRequestGetsTheFirstAnswerAgain() {
            ResponseEntity<byte[]> first = credit(node, call("k"));
            ResponseEntity<byte[]> again = credit(node, call("k"));
            assertThat(isReplay(first)).isFalse();
            assertThat(isReplay(again)).isTrue();
            assertThat(again.getHeaders().getFirst("Idempotent-Replayed")).isEqualTo("true");
            assertThat(again.getStatusCode().value()).isEqualTo(201);
            assertThat(text(again)).isEqualTo(text(first)).isEqualTo("{\"balance\":1}");
            assertThat(credited).hasValue(1);
        }

        @Test
        void withoutAKeyNothingIsRemembered() {
            credit(node, call(null));
            credit(node, call(null));
            assertThat(credited).hasValue(2);
            assertThat(ledger.answers).isEmpty();
        }

        @Test
        void anotherNodeAndALaterProcessReplayIt() {
            credit(node, call("k"));
            assertThat(isReplay(credit(otherNode, call("k")))).isTrue();
            assertThat(credited).hasValue(1);
        }

        @Test
        void theScopeIsProjectAndModeForAKeyAndTheWalletForASession() {
            credit(node, call(BACKEND, "token", "/p", "k", BODY));
            credit(node, call(BROWSER, "token", "/p", "k", BODY));
            assertThat(credited).hasValue(2);
            assertThat(ledger.answers).containsOnlyKeys("project:prj1:test k", "wallet:wal1 k");
        }

        @Test
        void theCauseNamesTheCallerAndTheRequest() {
            credit(node, call("k"));
            assertThat(ledger.causes).containsExactly(new Cause("key1", "req1"));
        }

        @Test
        void nothingOfTheWorkRunsAgain() {
            credit(node, call("k"));
            assertThat(isReplay(node.answer(call("k"), _ -> {
                        throw Problem.notFound("wallet");
                    })))
                    .isTrue();
        }
    }

    @Nested
    class Conflicts {
        @Test
        void anotherBodyPathOrMethodIsRefused() {
            credit(node, call("k"));
            List<Call> others = List.of(
                    call(BACKEND, "token", "/v1/wallets/wal1/credit", "k", BODY + " "),
                    call(BACKEND, "token", "/v1/wallets/wal2/credit", "k", BODY),
                    new Call("req1", BACKEND, "token", "PUT", "/v1/wallets/wal1/credit", "k", BODY.getBytes(UTF_8)));
            for (Call other : others) {
                Problem problem = refusal(() -> credit(node, other));
                assertThat(problem.status()).isEqualTo(409);
                assertThat(problem.code()).isEqualTo("idempotency_conflict");
            }
            assertThat(credited).hasValue(1);
        }

        @Test
        void partsOfARequestDoNotRunIntoEachOther() {
            credit(node, call(BACKEND, "token", "/ab", "k", "c"));
            assertThat(refusal(() -> credit(node, call(BACKEND, "token", "/a", "k", "bc")))
                            .code())
                    .isEqualTo("idempotency_conflict");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "a b", "a\tb", "é", "\u0000", "\u007f"})
        void aMalformedKeyIsRefusedBeforeAnythingElse(String key) {
            assertThat(refusal(() -> credit(node, call(key)))
                            .details()
                            .getFirst()
                            .field())
                    .isEqualTo("Idempotency-Key");
            assertThat(credited).hasValue(0);
        }

        @Test
        void aKeyHasAtMost255Characters() {
            credit(node, call("k".repeat(255)));
            assertThat(refusal(() -> credit(node, call("k".repeat(256)))).status())
                    .isEqualTo(400);
        }
    }

    @Nested
    class Refusals {
        @Test
        void areNotKept() {
            Rejected rejected = new InsufficientCredits(Money.ofDollars(1), Money.ZERO).asException();
            Rejected thrown = catchThrowableOfType(
                    Rejected.class,
                    () -> node.answer(
                            call("k"),
                            commands -> commands.answer(
                                    200,
                                    new Decide<>(() -> {
                                        throw rejected;
                                    }),
                                    view -> view)));
            assertThat(thrown).isSameAs(rejected);
            assertThat(isReplay(credit(node, call("k")))).isFalse();
            assertThat(credited).hasValue(1);
        }

        @Test
        void giveWayToTheAnswerOfAnotherNodeThatCameFirst() {
            ResponseEntity<byte[]> response = node.answer(call("k"), _ -> {
                // While this node decides, the same request succeeds elsewhere and leaves nothing for this one.
                credit(otherNode, call("k"));
                throw new InsufficientCredits(Money.ofDollars(1), Money.ZERO).asException();
            });
            assertThat(isReplay(response)).isTrue();
            assertThat(credited).hasValue(1);
        }
    }

    @Nested
    class OtherNodes {
        @Test
        void aClaimTakenMeanwhileIsAnsweredWithWhatItStored() {
            ResponseEntity<byte[]> response = node.answer(call("k"), commands -> {
                credit(otherNode, call("k"));
                return commands.answer(201, new Decide<>(credited::incrementAndGet), count -> Map.of("balance", count));
            });
            assertThat(isReplay(response)).isTrue();
            assertThat(text(response)).isEqualTo("{\"balance\":1}");
            assertThat(credited).hasValue(1);
        }

        @Test
        void aClaimTakenByAnotherBodyIsAConflict() {
            Problem problem = refusal(() -> node.answer(call("k"), commands -> {
                credit(otherNode, call(BACKEND, "token", "/v1/wallets/wal1/credit", "k", "{}"));
                return commands.answer(201, new Decide<>(credited::incrementAndGet), count -> Map.of("balance", count));
            }));
            assertThat(problem.code()).isEqualTo("idempotency_conflict");
        }

        @Test
        void aClaimOfAnotherTableIsTheCallersAffair() {
            ClaimTaken taken = catchThrowableOfType(
                    ClaimTaken.class,
                    () -> node.answer(call("k"), _ -> {
                        throw new ClaimTaken("external_id");
                    }));
            assertThat(taken.table()).isEqualTo("external_id");
        }
    }

    @Nested
    class Secrets {
        private ResponseEntity<byte[]> mint(Call call) {
            return node.answer(
                    call,
                    commands -> commands.answerSecret(
                            201,
                            new Decide<>(credited::incrementAndGet),
                            count -> Map.of("token", "es_secret" + count)));
        }

        @Test
        void areStoredSealedAndReplayedToTheirOwnToken() {
            assertThat(text(mint(call("k")))).contains("es_secret1");
            ledger.answers
                    .values()
                    .forEach(stored ->
                            assertThat(new String(stored.answer(), UTF_8)).doesNotContain("es_secret"));
            ResponseEntity<byte[]> again = mint(call("k"));
            assertThat(isReplay(again)).isTrue();
            assertThat(text(again)).contains("es_secret1");
        }

        @Test
        void areNotReadableWithAnotherTokenOfTheSameScope() {
            mint(call("k"));
            Problem problem = refusal(() -> mint(call(BACKEND, "rotated", "/v1/wallets/wal1/credit", "k", BODY)));
            assertThat(problem.status()).isEqualTo(409);
            assertThat(problem.code()).isEqualTo("idempotency_answer_sealed");
            assertThat(credited).hasValue(1);
        }

        @Test
        void ofRepeatableWorkAreToldAgainToAnotherTokenOfTheSameScope() {
            Function<Commands, ResponseEntity<byte[]>> work = commands -> commands.answerSecret(
                    200,
                    new Decide<>(() -> credited.compareAndSet(0, 1) ? "made" : "found"),
                    _ -> Map.of("secret", "s"));
            node.answerRepeatable(call("k"), work);
            ResponseEntity<byte[]> again =
                    node.answerRepeatable(call(BACKEND, "rotated", "/v1/wallets/wal1/credit", "k", BODY), work);
            assertThat(isReplay(again)).isTrue();
            assertThat(text(again)).isEqualTo("{\"secret\":\"s\"}");
            assertThat(refusal(() -> node.answerRepeatable(
                                    call(BACKEND, "rotated", "/v1/wallets/wal1/credit", "k", BODY + " "), work))
                            .code())
                    .isEqualTo("idempotency_conflict");
        }
    }

    @Nested
    class Concurrently {
        @Test
        void oneRunsAndTheOthersGetItsAnswer() throws Exception {
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<ResponseEntity<byte[]>>> futures = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    Idempotency at = i % 2 == 0 ? node : otherNode;
                    futures.add(threads.submit(() -> credit(at, call("k"))));
                }
                int replays = 0;
                for (Future<ResponseEntity<byte[]>> future : futures) {
                    ResponseEntity<byte[]> response = future.get(20, TimeUnit.SECONDS);
                    assertThat(text(response)).isEqualTo("{\"balance\":1}");
                    replays += isReplay(response) ? 1 : 0;
                }
                assertThat(replays).isEqualTo(99);
                assertThat(credited).hasValue(1);
            }
        }

        @Test
        void theNextOneRunsWhenTheFirstIsRefused() throws Exception {
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch refuse = new CountDownLatch(1);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<ResponseEntity<byte[]>> first = threads.submit(() -> node.answer(call("k"), _ -> {
                    started.countDown();
                    await(refuse);
                    throw Problem.notFound("wallet");
                }));
                await(started);
                Future<ResponseEntity<byte[]>> second = threads.submit(() -> credit(node, call("k")));
                assertThat(second.isDone()).isFalse();
                refuse.countDown();
                assertThat(isReplay(second.get(20, TimeUnit.SECONDS))).isFalse();
                assertThat(catchThrowableOfType(ExecutionException.class, first::get))
                        .hasCauseInstanceOf(Problem.class);
            }
            assertThat(credited).hasValue(1);
        }

        @Test
        void theWaitIsBounded() throws Exception {
            Idempotency impatient = new Idempotency(ledger, ledger, new TokenSeal(), Duration.ofMillis(50));
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch finish = new CountDownLatch(1);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<ResponseEntity<byte[]>> first = threads.submit(() -> impatient.answer(call("k"), commands -> {
                    started.countDown();
                    await(finish);
                    return commands.answer(
                            201, new Decide<>(credited::incrementAndGet), count -> Map.of("balance", count));
                }));
                await(started);
                Problem problem = refusal(() -> credit(impatient, call("k")));
                assertThat(problem.status()).isEqualTo(409);
                assertThat(problem.code()).isEqualTo("idempotency_in_progress");
                finish.countDown();
                first.get(20, TimeUnit.SECONDS);
            }
            assertThat(isReplay(credit(impatient, call("k")))).isTrue();
        }

        private static void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
