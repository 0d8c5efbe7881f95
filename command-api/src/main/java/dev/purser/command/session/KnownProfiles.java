package dev.purser.command.session;

import dev.purser.domain.CustomerId;
import dev.purser.domain.Mode;
import dev.purser.domain.ProjectId;
import dev.purser.projection.customer.CustomerQueries;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The e-mail and name that a customer is known by. May lag behind: then an update is recorded that was not needed,
 * which
 * harms nobody.
 */
public interface KnownProfiles {
    Optional<Profile> find(ProjectId projectId, Mode mode, CustomerId customerId);

    record Profile(@Nullable String email, @Nullable String name) {}

    static KnownProfiles of(CustomerQueries customers) {
        return (projectId, mode, customerId) -> customers
                .customer(projectId, mode, customerId)
                .map(customer -> new Profile(customer.email(), customer.name()));
    }
}
