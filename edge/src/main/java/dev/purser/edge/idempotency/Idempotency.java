package dev.purser.edge.idempotency;

import dev.purser.domain.ClaimTaken;
import dev.purser.domain.Ledger;
import dev.purser.domain.Rejected;
import dev.purser.edge.Problem;
import dev.purser.edge.idempotency.StoredAnswers.StoredAnswer;
import dev.purser.edge.request.Call;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;

/**
 * Answers a request once per idempotency key. The answer is stored in the append of the events it tells about, so it
 * holds across a crash; between nodes the key's claim decides; on one node later requests wait for the first. Refusals
 * are not kept. Thread-safe.
 */
public final class Idempotency {
    public static final Duration DEFAULT_WAIT = Duration.ofSeconds(30);

    /** The table of which a claim is taken when another node was first. */
    private static final String CLAIMS = "idempotency";

    private final Ledger ledger;
    private final StoredAnswers stored;
    private final AnswerSeal seal;
    private final Duration wait;
    private final Map<ScopedKey, CountDownLatch> underWay = new ConcurrentHashMap<>();

    private record ScopedKey(String scope, String key) {}

    public Idempotency(Ledger ledger, StoredAnswers stored, AnswerSeal seal, Duration wait) {
        this.ledger = ledger;
        this.stored = stored;
        this.seal = seal;
        this.wait = wait;
    }

    /**
     * Runs the work, or answers as the first request with the same key was answered. All that may refuse a request
     * belongs inside the work: a request that was answered once is answered the same whatever has changed since.
     */
    public ResponseEntity<byte[]> answer(Call call, Function<Commands, ResponseEntity<byte[]>> work) {
        return answer(call, work, Idempotency::refuseSealed);
    }

    /**
     * As {@link #answer(Call, Function)}, for work that finds again what it made under this key and has the secret from
     * where it came from: whoever comes with another token of the same scope is answered by the work, which is run again.
     */
    public ResponseEntity<byte[]> answerRepeatable(Call call, Function<Commands, ResponseEntity<byte[]>> work) {
        return answer(call, work, () -> Answers.asReplay(work.apply(new CallCommands(ledger, seal, call, null))));
    }

    private ResponseEntity<byte[]> answer(
            Call call, Function<Commands, ResponseEntity<byte[]>> work, Supplier<ResponseEntity<byte[]>> whenSealed) {
        Optional<String> key = call.checkedIdempotencyKey();
        if (key.isEmpty()) {
            return work.apply(new CallCommands(ledger, seal, call, null));
        }
        ScopedKey scoped = new ScopedKey(call.scope(), key.get());
        KeptAnswer kept = new KeptAnswer(scoped.scope(), scoped.key(), RequestHash.of(call));
        CountDownLatch mine = takeTurn(scoped);
        try {
            Optional<ResponseEntity<byte[]>> replay = replay(call, kept, whenSealed);
            return replay.isPresent() ? replay.get() : run(call, kept, work, whenSealed);
        } finally {
            underWay.remove(scoped, mine);
            mine.countDown();
        }
    }

    private ResponseEntity<byte[]> run(
            Call call,
            KeptAnswer kept,
            Function<Commands, ResponseEntity<byte[]>> work,
            Supplier<ResponseEntity<byte[]>> whenSealed) {
        try {
            return work.apply(new CallCommands(ledger, seal, call, kept));
        } catch (Rejected | ClaimTaken | Problem refusal) {
            // On another node the same request may have been answered meanwhile, which is why this one was refused.
            Optional<ResponseEntity<byte[]>> replay = replay(call, kept, whenSealed);
            if (replay.isPresent()) {
                return replay.get();
            }
            throw refusal instanceof ClaimTaken taken && taken.table().equals(CLAIMS) ? inProgress() : refusal;
        }
    }

    private Optional<ResponseEntity<byte[]>> replay(
            Call call, KeptAnswer kept, Supplier<ResponseEntity<byte[]>> whenSealed) {
        Optional<StoredAnswer> found = stored.find(kept.scope(), kept.key());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        StoredAnswer first = found.get();
        if (!MessageDigest.isEqual(first.requestHash(), kept.requestHash())) {
            throw new Problem(
                    409,
                    "idempotency_conflict",
                    "This Idempotency-Key belongs to a request with another method, path or body");
        }
        return Optional.of(Answers.opened(seal, call.token(), first.answer())
                .map(body -> Answers.asReplay(Answers.respond(first.status(), body)))
                .orElseGet(whenSealed));
    }

    private static ResponseEntity<byte[]> refuseSealed() {
        throw new Problem(
                409,
                "idempotency_answer_sealed",
                "That request was answered to another token, and its answer holds a secret"
                        + " that only that token can read again");
    }

    /** Waits until no other request with this key is under way here. */
    private CountDownLatch takeTurn(ScopedKey key) {
        long deadline = System.nanoTime() + wait.toNanos();
        CountDownLatch mine = new CountDownLatch(1);
        for (CountDownLatch other = underWay.putIfAbsent(key, mine);
                other != null;
                other = underWay.putIfAbsent(key, mine)) {
            try {
                if (!other.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    throw inProgress();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw inProgress();
            }
        }
        return mine;
    }

    private static Problem inProgress() {
        return new Problem(
                409,
                "idempotency_in_progress",
                "A request with this Idempotency-Key is still under way; try again later");
    }
}
