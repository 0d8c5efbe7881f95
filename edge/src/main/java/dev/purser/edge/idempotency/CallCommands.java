package dev.purser.edge.idempotency;

import dev.purser.domain.Ledger;
import dev.purser.domain.Ledger.Remember;
import dev.purser.domain.LedgerCommand;
import dev.purser.edge.json.Json;
import dev.purser.edge.request.Call;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** The commands of one call; with a key, its answer is kept. */
final class CallCommands implements Commands {
    private final Ledger ledger;
    private final AnswerSeal seal;
    private final Call call;
    private final @Nullable KeptAnswer kept;

    CallCommands(Ledger ledger, AnswerSeal seal, Call call, @Nullable KeptAnswer kept) {
        this.ledger = ledger;
        this.seal = seal;
        this.call = call;
        this.kept = kept;
    }

    @Override
    public <R> R send(LedgerCommand<R> command) {
        return ledger.send(command, call.cause());
    }

    @Override
    public <R> ResponseEntity<byte[]> answer(int status, LedgerCommand<R> command, Function<R, ?> body) {
        return answer(status, command, body, UnaryOperator.identity());
    }

    @Override
    public <R> ResponseEntity<byte[]> answerSecret(int status, LedgerCommand<R> command, Function<R, ?> body) {
        return answer(status, command, body, bytes -> Answers.sealed(seal, call.token(), bytes));
    }

    private <R> ResponseEntity<byte[]> answer(
            int status, LedgerCommand<R> command, Function<R, ?> body, UnaryOperator<byte[]> storedForm) {
        Function<R, byte[]> bytes = body.andThen(Json::bytes);
        if (kept == null) {
            return Answers.respond(status, bytes.apply(ledger.send(command, call.cause())));
        }
        Remember<R> remember =
                new Remember<>(kept.scope(), kept.key(), kept.requestHash(), status, bytes.andThen(storedForm));
        return Answers.respond(status, bytes.apply(ledger.send(command, call.cause(), remember)));
    }
}
