package dev.purser.domain;

import dev.purser.domain.customer.Customer;
import dev.purser.domain.margin.MarginAccount;
import dev.purser.domain.organization.Organization;
import dev.purser.domain.payout.Payout;
import dev.purser.domain.payout.PayoutHandlers;
import dev.purser.domain.project.Project;
import dev.purser.domain.session.Session;
import dev.purser.domain.topup.TopUp;
import dev.purser.domain.topup.TopUpHandlers;
import dev.purser.domain.wallet.Wallet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.axonframework.commandhandling.AnnotationCommandHandlerAdapter;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.caching.Cache;
import org.axonframework.common.caching.WeakReferenceCache;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;

/** The whole ledger in memory, with Axon's own repositories: what several streams decide is one list of events. */
public final class MemoryLedger {
    private final EventStore store;
    private final SimpleCommandBus bus = SimpleCommandBus.builder()
            .rollbackConfiguration(RollbackConfigurationType.ANY_THROWABLE)
            .build();
    private final Map<Class<?>, Repository<?>> repositories = new HashMap<>();
    private final List<Recorded> log;
    private List<Recorded> append = new ArrayList<>();

    /** An event and its stream. */
    public record Recorded(String stream, Object event) {}

    public MemoryLedger() {
        this(
                EmbeddedEventStore.builder()
                        .storageEngine(new InMemoryEventStorageEngine())
                        .build(),
                new ArrayList<>());
    }

    private MemoryLedger(EventStore store, List<Recorded> log) {
        this.store = store;
        this.log = log;
        // Aggregates stay as their commands left them, so that their state is not what a replay makes of them.
        Cache cache = new WeakReferenceCache();
        List.of(
                        Organization.class,
                        Project.class,
                        Customer.class,
                        Wallet.class,
                        Session.class,
                        TopUp.class,
                        MarginAccount.class,
                        Payout.class)
                .forEach(type -> register(type, cache));
        subscribe(new CompositeHandlers(
                repository(Customer.class),
                repository(Wallet.class),
                repository(Session.class),
                repository(Project.class)));
        subscribe(new TopUpHandlers(
                repository(TopUp.class),
                repository(Project.class),
                repository(Wallet.class),
                repository(Organization.class),
                repository(MarginAccount.class)));
        subscribe(new PayoutHandlers(repository(Payout.class), repository(MarginAccount.class)));
        store.subscribe(this::remember);
    }

    /** The same log, read by aggregates that have seen none of it. */
    public MemoryLedger replayed() {
        return new MemoryLedger(store, log);
    }

    @SuppressWarnings("unchecked") // the handler of a command answers what the command says
    public <R> R send(LedgerCommand<R> command) {
        append = new ArrayList<>();
        AtomicReference<CommandResultMessage<?>> answer = new AtomicReference<>();
        bus.dispatch(
                GenericCommandMessage.<LedgerCommand<R>>asCommandMessage(command),
                (CommandMessage<? extends LedgerCommand<R>> _, CommandResultMessage<?> result) -> answer.set(result));
        CommandResultMessage<?> result = Objects.requireNonNull(answer.get());
        if (result.isExceptional()) {
            append = new ArrayList<>();
            throw result.exceptionResult() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException(result.exceptionResult());
        }
        log.addAll(append);
        return (R) result.getPayload();
    }

    /** What the last command stored. */
    public List<Recorded> appended() {
        return List.copyOf(append);
    }

    /** As {@link #appended()}, without the streams. */
    public List<Object> events() {
        return append.stream().map(Recorded::event).toList();
    }

    public List<Recorded> log() {
        return List.copyOf(log);
    }

    /** Looks into an aggregate. */
    public <T, V> V read(Class<T> type, String stream, Function<T, V> question) {
        UnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(null);
        try {
            return repository(type).load(stream).invoke(question);
        } finally {
            unitOfWork.rollback();
        }
    }

    private void remember(List<? extends EventMessage<?>> events) {
        for (EventMessage<?> event : events) {
            if (event instanceof DomainEventMessage<?> stored) {
                append.add(new Recorded(stored.getAggregateIdentifier(), stored.getPayload()));
            }
        }
    }

    private <T> void register(Class<T> type, Cache cache) {
        EventSourcingRepository<T> repository = EventSourcingRepository.builder(type)
                .eventStore(store)
                .cache(cache)
                .build();
        repositories.put(type, repository);
        AggregateAnnotationCommandHandler.<T>builder()
                .aggregateType(type)
                .repository(repository)
                .commandTargetResolver(command -> new VersionedAggregateIdentifier(
                        (Object) ((LedgerCommand<?>) command.getPayload()).streamId(), null))
                .build()
                .subscribe(bus);
    }

    private void subscribe(Object handlers) {
        new AnnotationCommandHandlerAdapter<>(handlers).subscribe(bus);
    }

    @SuppressWarnings("unchecked") // registered under its type
    private <T> Repository<T> repository(Class<T> type) {
        return (Repository<T>) Objects.requireNonNull(repositories.get(type));
    }
}
