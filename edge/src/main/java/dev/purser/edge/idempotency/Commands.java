package dev.purser.edge.idempotency;

import dev.purser.domain.LedgerCommand;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;

/** How a controller sends commands while it answers one request. */
public interface Commands {
    /** Sends a command whose answer is not the request's. */
    <R> R send(LedgerCommand<R> command);

    /**
     * Sends the command that answers the request; under an idempotency key the answer is stored with its events. At
     * most
     * once per request succeeds.
     */
    <R> ResponseEntity<byte[]> answer(int status, LedgerCommand<R> command, Function<R, ?> body);

    /** As {@link #answer}, for an answer that holds a secret: only the caller's own token reads what is stored. */
    <R> ResponseEntity<byte[]> answerSecret(int status, LedgerCommand<R> command, Function<R, ?> body);
}
