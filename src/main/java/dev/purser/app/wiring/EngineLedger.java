package dev.purser.app.wiring;

import static dev.purser.eventstore.inline.ColumnType.BYTES;
import static dev.purser.eventstore.inline.ColumnType.INTEGER;
import static dev.purser.eventstore.inline.ColumnType.TEXT;
import static dev.purser.eventstore.inline.ColumnType.TIMESTAMP;

import dev.purser.domain.ClaimTaken;
import dev.purser.domain.Ledger;
import dev.purser.domain.LedgerCommand;
import dev.purser.domain.LedgerUnavailable;
import dev.purser.domain.Rejection.Unknown;
import dev.purser.eventstore.LedgerEngine;
import dev.purser.eventstore.LedgerFailure;
import dev.purser.eventstore.OutcomeUnknown;
import dev.purser.eventstore.UniqueClaimViolated;
import dev.purser.eventstore.inline.InlineRow;
import dev.purser.eventstore.inline.InlineTable;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/** The domain's port on the engine: answers to remember become rows of the same append, the engine's failures the domain's. */
final class EngineLedger implements Ledger {
    private static final InlineTable IDEMPOTENCY = InlineTable.named("inline.idempotency")
            .key("scope", TEXT)
            .key("idempotency_key", TEXT)
            .value("request_hash", BYTES)
            .value("status", INTEGER)
            .value("answer", BYTES)
            .value("created_at", TIMESTAMP)
            .build();

    private final LedgerEngine engine;
    private final Clock clock;

    EngineLedger(LedgerEngine engine, Clock clock) {
        this.engine = engine;
        this.clock = clock;
    }

    @Override
    public <R> R send(LedgerCommand<R> command, Cause cause) {
        return send(command, cause, (Function<Object, List<InlineRow>>) null);
    }

    @Override
    public <R> R send(LedgerCommand<R> command, Cause cause, Remember<R> remember) {
        return send(command, cause, result -> List.of(row(remember, result)));
    }

    @Override
    public <R> R send(LedgerCommand<R> command, Cause cause, Forget forget) {
        return send(command, cause, result -> List.of(IDEMPOTENCY.release(forget.scope(), forget.key())));
    }

    private <R> R send(LedgerCommand<R> command, Cause cause, @Nullable Function<Object, List<InlineRow>> rows) {
        Map<String, String> metadata = Map.of("actor", cause.actor(), "requestId", cause.requestId());
        try {
            return engine.send(command, command.streamId(), metadata, rows);
        } catch (UniqueClaimViolated e) {
            throw new ClaimTaken(e.table().substring(e.table().indexOf('.') + 1));
        } catch (OutcomeUnknown e) {
            throw new LedgerUnavailable("it is not known whether the command was stored", false, e);
        } catch (LedgerFailure e) {
            throw new LedgerUnavailable("the ledger takes no commands right now", true, e);
        } catch (ConcurrencyException e) {
            throw new LedgerUnavailable("others kept getting in the way of the command", true, e);
        } catch (AggregateNotFoundException e) {
            throw new Unknown(String.valueOf(e.getAggregateIdentifier())).asException();
        }
    }

    @SuppressWarnings("unchecked") // the engine hands back what the handler of this very command returned
    private <R> InlineRow row(Remember<R> remember, Object result) {
        return IDEMPOTENCY.claim(
                remember.scope(),
                remember.key(),
                remember.requestHash(),
                remember.status(),
                remember.answer().apply((R) result),
                clock.instant());
    }
}
