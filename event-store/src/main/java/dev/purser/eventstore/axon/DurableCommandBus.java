package dev.purser.eventstore.axon;

import dev.purser.eventstore.LedgerFailure;
import java.util.concurrent.ThreadLocalRandom;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.lock.DeadlockException;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/**
 * A command bus that answers on the caller's thread, and only when everything the answer rests on is durable: a result
 * when the command's events are stored, a refusal when the state it was decided on is. A decision that turns out to rest
 * on something that was not stored is made again on fresh state, a bounded number of times.
 */
public final class DurableCommandBus extends SimpleCommandBus {
    private static final int MOST_DOUBLINGS = 8;

    private final PostgresEventStorageEngine engine;
    private final int maxAttempts;

    /** A bus that makes each decision at most so many times. */
    public DurableCommandBus(PostgresEventStorageEngine engine, int maxAttempts) {
        super(SimpleCommandBus.builder()
                .transactionManager(NoTransactionManager.INSTANCE)
                .rollbackConfiguration(RollbackConfigurationType.ANY_THROWABLE));
        this.engine = engine;
        this.maxAttempts = maxAttempts;
    }

    @Override
    protected <C, R> void handle(
            CommandMessage<C> command,
            MessageHandler<? super CommandMessage<?>> handler,
            CommandCallback<? super C, ? super R> callback) {
        if (CurrentUnitOfWork.isStarted()) {
            // Sent from within a command handler: stored, and waited for, with the command around it.
            if (command.getMetaData().containsKey(CommandMetadata.ROWS)) {
                throw new IllegalArgumentException("rows can only be made from the result of the outermost command");
            }
            super.handle(command, handler, callback);
            return;
        }
        for (int attempt = 1; ; attempt++) {
            Attempt<C, R> made = new Attempt<>(handler);
            super.<C, R>handle(command, made::handle, made::onResult);
            CommandResultMessage<? extends R> answer = made.answer();
            if (attempt == maxAttempts || !isWorthAnotherAttempt(answer)) {
                callback.onResult(command, answer);
                return;
            }
            pauseBefore(attempt, answer);
        }
    }

    private static boolean isWorthAnotherAttempt(CommandResultMessage<?> answer) {
        return answer.isExceptional()
                && (answer.exceptionResult() instanceof ConcurrencyException
                        || answer.exceptionResult() instanceof DeadlockException);
    }

    // A stale decision is made again at once: its reload waits for the writer anyway. Two commands that took locks in
    // opposite order must not meet again in step.
    private static void pauseBefore(int attempt, CommandResultMessage<?> answer) {
        if (answer.exceptionResult() instanceof DeadlockException) {
            try {
                Thread.sleep(ThreadLocalRandom.current().nextLong(1, 4L << Math.min(attempt, MOST_DOUBLINGS)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** One decision on a command: what the handler said, and what that rests on. */
    private final class Attempt<C, R> {

        private final MessageHandler<? super CommandMessage<?>> handler;
        private @Nullable Decision decision;
        private @Nullable CommandResultMessage<? extends R> result;

        Attempt(MessageHandler<? super CommandMessage<?>> handler) {
            this.handler = handler;
        }

        @Nullable
        Object handle(CommandMessage<?> command) throws Exception {
            engine.requireRoom();
            decision = engine.decisionOfBus();
            return handler.handle(command);
        }

        void onResult(CommandMessage<? extends C> command, CommandResultMessage<? extends R> handled) {
            result = handled;
        }

        CommandResultMessage<? extends R> answer() {
            CommandResultMessage<? extends R> handled = result;
            if (handled == null) {
                throw new IllegalStateException("a command was handled without a result");
            }
            if (decision == null || (handled.isExceptional() && handled.exceptionResult() instanceof LedgerFailure)) {
                return handled;
            }
            RuntimeException failure = decision.awaitAnswerable();
            return failure == null ? handled : GenericCommandResultMessage.asCommandResultMessage(failure);
        }
    }
}
