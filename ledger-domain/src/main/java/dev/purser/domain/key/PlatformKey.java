package dev.purser.domain.key;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.purser.domain.FromFirstEvent;
import dev.purser.domain.Rejection.AlreadyExists;
import dev.purser.domain.key.KeyCommand.CreateKey;
import dev.purser.domain.key.KeyCommand.RevokeKey;
import dev.purser.domain.key.KeyEvent.KeyCreated;
import dev.purser.domain.key.KeyEvent.KeyRevoked;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;

/** A key of any kind, from creation to revocation. */
public final class PlatformKey {
    @AggregateIdentifier
    private String id;

    @FromFirstEvent
    private KeyCreated created;

    private boolean revoked;

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    KeyView handle(CreateKey command) {
        if (id != null) {
            throw new AlreadyExists("key").asException();
        }
        apply(new KeyCreated(
                command.keyId(),
                command.kind(),
                command.organizationId(),
                command.projectId(),
                command.mode(),
                command.name(),
                command.fingerprint(),
                command.preview(),
                command.expiresAt(),
                command.at()));
        return view();
    }

    @CommandHandler
    KeyView handle(RevokeKey command) {
        if (!revoked) {
            apply(new KeyRevoked());
        }
        return view();
    }

    @EventSourcingHandler
    void on(KeyEvent event) {
        switch (event) {
            case KeyCreated first -> {
                id = first.keyId().value();
                created = first;
            }
            case KeyRevoked _ -> revoked = true;
        }
    }

    private KeyView view() {
        return new KeyView(
                created.keyId(),
                created.kind(),
                created.organizationId(),
                created.projectId(),
                created.mode(),
                created.name(),
                created.preview(),
                revoked,
                created.expiresAt(),
                created.at());
    }
}
