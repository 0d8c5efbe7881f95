package dev.purser.domain;

import java.util.Optional;
import java.util.function.Function;

/**
 * The way commands take. Each call blocks until the answer is durable; safe for any number of threads, meant for virtual ones.
 *
 * <p>Throws {@link Rejected} for a refusal, {@link ClaimTaken} when something that must be unique is taken, {@link
 * LedgerUnavailable} when the ledger is overloaded or an outcome could not be found out.
 */
public interface Ledger {
    <R> R send(LedgerCommand<R> command, Cause cause);

    /** As {@link #send(LedgerCommand, Cause)}, and stores the answer under its idempotency key in the same append. */
    <R> R send(LedgerCommand<R> command, Cause cause, Remember<R> remember);

    /** As {@link #send(LedgerCommand, Cause)}, and gives up a key in the same append: the request may be made again. */
    <R> R send(LedgerCommand<R> command, Cause cause, Forget forget);

    /** Who asked, in which request; kept with the events. */
    record Cause(String actor, String requestId) {}

    /**
     * An answer to keep: a repeated request with this key gets it again.
     *
     * @param scope project and mode, or wallet
     * @param requestHash SHA-256 over method, path and body
     * @param answer the body to store, encrypted where it holds a secret
     */
    record Remember<R>(String scope, String key, byte[] requestHash, int status, Function<R, byte[]> answer) {

        /** An answer that is known before the decision, so that the command may be decided on another node. */
        public static <R> Remember<R> constant(
                String scope, String key, byte[] requestHash, int status, byte[] answer) {
            return new Remember<>(scope, key, requestHash, status, new Constant<>(answer));
        }

        /** The answer if it is the same whatever the decision; empty if it is made of the result. */
        public Optional<byte[]> constantAnswer() {
            return answer instanceof Constant<R> constant ? Optional.of(constant.bytes) : Optional.empty();
        }
    }

    /** A key whose request came to nothing. */
    record Forget(String scope, String key) {}

    /** What {@link Remember#constant} keeps. */
    final class Constant<R> implements Function<R, byte[]> {
        private final byte[] bytes;

        private Constant(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public byte[] apply(R result) {
            return bytes;
        }
    }
}
