package dev.purser.eventstore;

import dev.purser.eventstore.append.AppendIntake;
import dev.purser.eventstore.append.AppendQueue;
import dev.purser.eventstore.append.InFlight;
import dev.purser.eventstore.axon.AggregateCache;
import dev.purser.eventstore.axon.DurableCommandBus;
import dev.purser.eventstore.axon.EventEncoder;
import dev.purser.eventstore.axon.LedgerEventStore;
import dev.purser.eventstore.axon.LedgerRepository;
import dev.purser.eventstore.axon.PostgresEventStorageEngine;
import dev.purser.eventstore.axon.SnapshotLoading;
import dev.purser.eventstore.axon.StreamAggregateFactory;
import dev.purser.eventstore.axon.StreamIdResolver;
import dev.purser.eventstore.codec.EventCodec;
import dev.purser.eventstore.inline.InlineProjector;
import dev.purser.eventstore.log.EventLog;
import dev.purser.eventstore.log.HeadSignal;
import dev.purser.eventstore.snapshot.SnapshotFormat;
import dev.purser.eventstore.snapshot.SnapshotWriter;
import dev.purser.eventstore.snapshot.Snapshots;
import dev.purser.eventstore.writer.ConnectionSource;
import dev.purser.eventstore.writer.Writer;
import dev.purser.eventstore.writer.WriterSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.axonframework.common.lock.LockFactory;
import org.axonframework.common.lock.PessimisticLockFactory;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.modelling.command.RepositoryProvider;
import org.jspecify.annotations.Nullable;

/** Assembles a {@link LedgerEngine}. */
public final class LedgerEngineBuilder {

    private static final Duration STOP_SNAPSHOTS_WITHIN = Duration.ofSeconds(5);

    private final List<InlineProjector> projectors = new ArrayList<>();
    private final List<Aggregate<?>> aggregates = new ArrayList<>();
    private final List<Function<RepositoryProvider, Object>> handlers = new ArrayList<>();
    private @Nullable DataSource reads;
    private @Nullable ConnectionSource writes;
    private @Nullable EventCodec codec;
    private Clock clock = Clock.systemUTC();
    private EngineLimits limits = EngineLimits.defaults();
    private boolean standby;
    private Function<Object, String> streamOfCommand = command -> {
        throw new IllegalArgumentException("command " + command.getClass().getName() + " was sent without a stream id");
    };

    private record Aggregate<T>(
            Class<T> type,
            Function<String, T> factory,
            @Nullable SnapshotFormat<T, ?> snapshots) {}

    LedgerEngineBuilder() {}

    /** Where the log and aggregates are read: the primary, with some connections in a pool. */
    public LedgerEngineBuilder reads(DataSource dataSource) {
        this.reads = dataSource;
        return this;
    }

    /** How the writer opens its own connection. */
    public LedgerEngineBuilder writes(ConnectionSource source) {
        this.writes = source;
        return this;
    }

    /** How events are encoded. */
    public LedgerEngineBuilder codec(EventCodec eventCodec) {
        this.codec = eventCodec;
        return this;
    }

    /** The clock of decisions and recordings; the system's in UTC unless given. */
    public LedgerEngineBuilder clock(Clock ledgerClock) {
        this.clock = ledgerClock;
        return this;
    }

    /** The bounds; {@link EngineLimits#defaults()} unless given. */
    public LedgerEngineBuilder limits(EngineLimits engineLimits) {
        this.limits = engineLimits;
        return this;
    }

    /**
     * Whether another process may have the lead on the log: this one then starts following, refuses commands with {@link
     * NotLeading}, and leads as soon as nobody else does. It ends the session of a leader from which the database has not
     * heard for two and a half seconds. False unless given: a start then fails while another process leads.
     */
    public LedgerEngineBuilder standby(boolean mayFollow) {
        this.standby = mayFollow;
        return this;
    }

    /** Finds the stream of commands that reach the bus without {@link LedgerEngine#send}. */
    public LedgerEngineBuilder streamOfCommand(Function<Object, String> streamOf) {
        this.streamOfCommand = streamOf;
        return this;
    }

    /** Derives inline rows from all events. */
    public LedgerEngineBuilder inlineProjector(InlineProjector projector) {
        projectors.add(projector);
        return this;
    }

    /**
     * Registers an aggregate: its annotated handlers are subscribed.
     *
     * @param factory makes the empty aggregate of a stream id, before its events are applied or its first command handled
     */
    public <T> LedgerEngineBuilder registerAggregate(Class<T> type, Function<String, T> factory) {
        aggregates.add(new Aggregate<>(type, factory, null));
        return this;
    }

    /** As {@link #registerAggregate(Class, Function)}, for an aggregate with long streams: snapshots of its state are kept. */
    public <T> LedgerEngineBuilder registerAggregate(
            Class<T> type, Function<String, T> factory, SnapshotFormat<T, ?> snapshots) {
        aggregates.add(new Aggregate<>(type, factory, snapshots));
        return this;
    }

    /** Registers an object with annotated command handlers, given the repositories of the aggregates it involves. */
    public LedgerEngineBuilder registerHandler(Function<RepositoryProvider, Object> handler) {
        handlers.add(handler);
        return this;
    }

    /** The engine, not yet started. */
    public LedgerEngine build() {
        EventCodec eventCodec = required(codec, "codec");
        HeadSignal signal = new HeadSignal();
        EventLog log = new EventLog(required(reads, "reads"), signal);
        AppendQueue queue = new AppendQueue(limits.queuedAppends(), limits.queuedBytes());
        InFlight inFlight = new InFlight();
        AggregateCache cache = new AggregateCache(limits.cachedAggregates());
        PostgresEventStorageEngine engine = new PostgresEventStorageEngine(
                log,
                eventCodec,
                new EventEncoder(eventCodec, clock, projectors),
                new AppendIntake(queue, inFlight),
                inFlight);
        LedgerEventStore eventStore = new LedgerEventStore(engine);
        signal.onAdvance(eventStore::wakeTailingReaders);
        LeadListeners leadListeners = new LeadListeners();
        Writer writer = new Writer(
                queue,
                inFlight,
                signal,
                cache::discardAll,
                leadListeners,
                required(writes, "writes"),
                clock,
                new WriterSettings(
                        limits.batchAppends(),
                        limits.batchBytes(),
                        limits.knownHeads(),
                        limits.leadWait(),
                        standby,
                        limits.recoverFor()));
        Configuration axon = axon(engine, eventStore, cache);
        return new LedgerEngine(axon, eventStore, log, eventCodec, writer, queue, inFlight, leadListeners);
    }

    private Configuration axon(PostgresEventStorageEngine engine, LedgerEventStore eventStore, AggregateCache cache) {
        if (System.getProperty("disable-axoniq-console-message") == null) {
            // Axon's only switch for an advertisement in the log of every start.
            System.setProperty("disable-axoniq-console-message", "true");
        }
        // Without the modules on the class path: one of them calls home.
        Configurer configurer = DefaultConfigurer.defaultConfiguration(false)
                .configureCommandBus(configuration -> new DurableCommandBus(engine, limits.attempts()))
                .configureEventStore(configuration -> eventStore)
                .configureCorrelationDataProviders(configuration -> List.of());
        LockFactory locks = PessimisticLockFactory.usingDefaults();
        Snapshots.Shared snapshots = Snapshots.Shared.on(required(reads, "reads"), clock, limits.snapshotEvery());
        configurer.onShutdown(() -> stop(snapshots.writer()));
        aggregates.forEach(
                aggregate -> configurer.configureAggregate(configured(aggregate, engine, cache, locks, snapshots)));
        handlers.forEach(handler ->
                configurer.registerCommandHandler(configuration -> handler.apply(new RepositoryProvider() {
                    @Override
                    public <T> org.axonframework.modelling.command.Repository<T> repositoryFor(Class<T> type) {
                        return configuration.repository(type);
                    }
                })));
        return configurer.buildConfiguration();
    }

    private <T> AggregateConfigurer<T> configured(
            Aggregate<T> aggregate,
            PostgresEventStorageEngine engine,
            AggregateCache cache,
            LockFactory locks,
            Snapshots.Shared shared) {
        StreamAggregateFactory<T> factory = new StreamAggregateFactory<>(aggregate.type(), aggregate.factory());
        SnapshotFormat<T, ?> format = aggregate.snapshots();
        Snapshots<T> snapshots = format == null ? null : new Snapshots<>(format, shared);
        return AggregateConfigurer.defaultConfiguration(aggregate.type())
                .configureCommandTargetResolver(configuration -> new StreamIdResolver(streamOfCommand))
                .configureAggregateFactory(configuration -> factory)
                .configureCreationPolicyAggregateFactory(configuration -> factory)
                .configureRepository(configuration -> new LedgerRepository<>(
                        EventSourcingRepository.builder(aggregate.type())
                                .eventStore(configuration.eventStore())
                                .aggregateFactory(factory)
                                .lockFactory(locks)
                                .repositoryProvider(configuration::repository),
                        cache,
                        engine,
                        snapshots == null
                                ? null
                                : new SnapshotLoading<>(
                                        snapshots, engine, configuration.eventStore(), configuration::repository)));
    }

    private static void stop(SnapshotWriter writer) {
        try {
            writer.stop(STOP_SNAPSHOTS_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T required(@Nullable T part, String name) {
        if (part == null) {
            throw new IllegalStateException("a ledger engine needs " + name);
        }
        return part;
    }
}
