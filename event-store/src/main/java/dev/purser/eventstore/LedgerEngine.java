package dev.purser.eventstore;

import dev.purser.eventstore.append.AppendQueue;
import dev.purser.eventstore.append.InFlight;
import dev.purser.eventstore.axon.CommandMetadata;
import dev.purser.eventstore.axon.LedgerEventStore;
import dev.purser.eventstore.codec.EventCodec;
import dev.purser.eventstore.inline.InlineRow;
import dev.purser.eventstore.log.EventLog;
import dev.purser.eventstore.writer.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.config.Configuration;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.Repository;
import org.jspecify.annotations.Nullable;

/**
 * The ledger in one object: commands in, durable answers out, and the log to read. Made by {@link #builder()}, started
 * once, stopped once. Thread-safe; {@link #send} blocks and belongs on virtual threads.
 */
public final class LedgerEngine implements AutoCloseable {

    private static final Duration STOP_WITHIN = Duration.ofSeconds(30);

    private final Configuration axon;
    private final CommandBus commandBus;
    private final LedgerEventStore eventStore;
    private final EventLog log;
    private final EventCodec codec;
    private final Writer writer;
    private final AppendQueue queue;
    private final InFlight inFlight;
    private final LeadListeners leadListeners;
    private final Executor dispatchers = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean running;

    LedgerEngine(
            Configuration axon,
            LedgerEventStore eventStore,
            EventLog log,
            EventCodec codec,
            Writer writer,
            AppendQueue queue,
            InFlight inFlight,
            LeadListeners leadListeners) {
        this.axon = axon;
        this.commandBus = axon.commandBus();
        this.eventStore = eventStore;
        this.log = log;
        this.codec = codec;
        this.writer = writer;
        this.queue = queue;
        this.inFlight = inFlight;
        this.leadListeners = leadListeners;
    }

    /** Starts the assembly of an engine. */
    public static LedgerEngineBuilder builder() {
        return new LedgerEngineBuilder();
    }

    /**
     * Takes the lead on the log and opens for commands. If another process has the lead and keeps it, fails, or follows
     * where {@link LedgerEngineBuilder#standby} allows it.
     */
    public void start() {
        writer.start();
        axon.start();
        running = true;
    }

    /** Refuses further commands, answers those under way, stores what is queued, gives up the lead. */
    public void stop() {
        running = false;
        try {
            writer.stop(STOP_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        axon.shutdown();
    }

    @Override
    public void close() {
        stop();
    }

    /**
     * Handles a command for a stream and returns its handler's result once it is durable. Throws what the handler threw
     * once what that rests on is durable, a {@link LedgerFailure}, or Axon's {@code ConcurrencyException} when others got
     * in the way too many times.
     *
     * @param metadata texts that the command's events carry: actor, requestId and the like
     * @param rowsOfResult makes inline rows, stored with the events, from the handler's result; runs before anything is
     *     stored, more than once if the command is decided again
     */
    // The handler's type is the caller's to know, and so is whether it returns anything.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"})
    public <R> R send(
            Object command,
            String stream,
            Map<String, String> metadata,
            @Nullable Function<Object, List<InlineRow>> rowsOfResult) {
        if (!running) {
            throw new LedgerUnavailable("the ledger is not running", null);
        }
        Answer answer = new Answer();
        commandBus.dispatch(
                new GenericCommandMessage<>(command, CommandMetadata.of(stream, metadata, rowsOfResult)), answer);
        return (R) answer.get();
    }

    /** As {@link #send}, on a virtual thread of its own. */
    public <R> CompletableFuture<R> dispatch(
            Object command,
            String stream,
            Map<String, String> metadata,
            @Nullable Function<Object, List<InlineRow>> rowsOfResult) {
        return CompletableFuture.supplyAsync(() -> this.<R>send(command, stream, metadata, rowsOfResult), dispatchers);
    }

    /** Whether this process has the lead now: whether it is the one that handles commands. */
    public boolean isLeading() {
        return running && log.isWrittenHere();
    }

    /**
     * Calls the listener with true whenever this process begins to lead and with false whenever another is found to: on
     * the writer's thread, so it must return at once.
     */
    public void onLeadChange(Consumer<Boolean> listener) {
        leadListeners.add(listener);
    }

    /** The log. */
    public EventLog log() {
        return log;
    }

    /** How events are encoded. */
    public EventCodec codec() {
        return codec;
    }

    /** Axon's repository of a registered aggregate, for command handlers that involve several. */
    public <T> Repository<T> repository(Class<T> aggregateType) {
        return axon.repository(aggregateType);
    }

    /** Axon's event store, for Axon's event processors. */
    public EventStore eventStore() {
        return eventStore;
    }

    /** The command bus, for interceptors. */
    public CommandBus commandBus() {
        return commandBus;
    }

    /** How many commands have something on its way to the disk. */
    public int commandsInFlight() {
        return queue.inFlight();
    }

    /** How many streams have events on their way to the disk. */
    public int streamsInFlight() {
        return inFlight.streams();
    }

    /** Keeps what the bus answers; the bus answers before it returns. */
    private static final class Answer implements CommandCallback<Object, Object> {

        private @Nullable CommandResultMessage<?> result;

        @Override
        public void onResult(
                CommandMessage<? extends Object> command, CommandResultMessage<? extends Object> answered) {
            result = answered;
        }

        @Nullable
        Object get() {
            CommandResultMessage<?> answered = result;
            if (answered == null) {
                throw new IllegalStateException("the command bus did not answer");
            }
            if (!answered.isExceptional()) {
                return answered.getPayload();
            }
            Throwable failure = answered.exceptionResult();
            if (failure instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (failure instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("a command handler threw a checked exception", failure);
        }
    }
}
