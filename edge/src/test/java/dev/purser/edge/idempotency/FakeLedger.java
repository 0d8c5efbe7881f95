package dev.purser.edge.idempotency;

import dev.purser.domain.ClaimTaken;
import dev.purser.domain.Ledger;
import dev.purser.domain.LedgerCommand;
import dev.purser.edge.idempotency.StoredAnswers.StoredAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Several nodes may share one: commands run their own decision, answers are stored with them or not at all. */
final class FakeLedger implements Ledger, StoredAnswers {
    /** A command that brings its decision along. */
    record Decide<R>(Supplier<R> decision) implements LedgerCommand<R> {
        @Override
        public String streamId() {
            return "wal1";
        }
    }

    final Map<String, StoredAnswer> answers = new ConcurrentHashMap<>();
    final List<Cause> causes = new ArrayList<>();

    @Override
    public synchronized <R> R send(LedgerCommand<R> command, Cause cause) {
        causes.add(cause);
        return decide(command);
    }

    @Override
    public synchronized <R> R send(LedgerCommand<R> command, Cause cause, Forget forget) {
        R answer = send(command, cause);
        answers.remove(forget.scope() + " " + forget.key());
        return answer;
    }

    @Override
    public synchronized <R> R send(LedgerCommand<R> command, Cause cause, Remember<R> remember) {
        String key = remember.scope() + " " + remember.key();
        if (answers.containsKey(key)) {
            throw new ClaimTaken("idempotency");
        }
        causes.add(cause);
        R answer = decide(command);
        answers.put(
                key,
                new StoredAnswer(
                        remember.requestHash(),
                        remember.status(),
                        remember.answer().apply(answer)));
        return answer;
    }

    @Override
    public Optional<StoredAnswer> find(String scope, String key) {
        return Optional.ofNullable(answers.get(scope + " " + key));
    }

    private static <R> R decide(LedgerCommand<R> command) {
        return ((Decide<R>) command).decision().get();
    }
}
