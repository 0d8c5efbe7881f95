package dev.purser.domain.session;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.purser.domain.FromFirstEvent;
import dev.purser.domain.Rejection.AlreadyExists;
import dev.purser.domain.session.SessionCommand.MintSession;
import dev.purser.domain.session.SessionCommand.RefreshSession;
import dev.purser.domain.session.SessionCommand.RevokeSession;
import dev.purser.domain.session.SessionEvent.SessionMinted;
import dev.purser.domain.session.SessionEvent.SessionRevoked;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;

/** What a browser may spend, and for how long; the rules of refreshing are {@link SessionState}'s. */
public final class Session {
    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private String id;

    @FromFirstEvent
    private SessionState state;

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    public SessionView handle(MintSession command) {
        if (state != null) {
            throw new AlreadyExists("session").asException();
        }
        apply(new SessionMinted(
                command.sessionId(),
                command.walletId(),
                command.customerId(),
                command.organizationId(),
                command.projectId(),
                command.mode(),
                command.token(),
                command.models(),
                command.maxSpend(),
                command.ttlSeconds(),
                command.at(),
                command.at().plusSeconds(command.ttlSeconds())));
        return state.view();
    }

    @CommandHandler
    SessionView handle(RefreshSession command) {
        apply(state.decide(command));
        return state.view();
    }

    @CommandHandler
    SessionView handle(RevokeSession command) {
        if (!state.isRevoked()) {
            apply(new SessionRevoked());
        }
        return state.view();
    }

    @EventSourcingHandler
    void on(SessionEvent event) {
        if (event instanceof SessionMinted minted) {
            id = minted.sessionId().value();
            state = new SessionState(minted);
        } else {
            state.evolve(event);
        }
    }
}
