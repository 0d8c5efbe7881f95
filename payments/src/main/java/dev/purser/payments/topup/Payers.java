package dev.purser.payments.topup;

import dev.purser.domain.CustomerId;
import dev.purser.domain.Mode;
import dev.purser.domain.ProjectId;
import dev.purser.projection.access.AccessDirectory;
import dev.purser.projection.access.CustomerAccess;
import dev.purser.projection.customer.CustomerQueries;
import dev.purser.projection.engine.Projections;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who pays: the customer's id at Stripe, current to the last event, and how it is called, as far as is known. Thread-safe. */
public interface Payers {
    Optional<String> stripeCustomerId(ProjectId projectId, Mode mode, CustomerId customerId);

    Profile profile(ProjectId projectId, Mode mode, CustomerId customerId);

    record Profile(@Nullable String email, @Nullable String name) {
        boolean isEmpty() {
            return email == null && name == null;
        }
    }

    static Payers of(AccessDirectory directory, Projections projections, CustomerQueries customers) {
        return new Payers() {
            private static final Duration FRESH_WITHIN = Duration.ofMillis(500);

            @Override
            public Optional<String> stripeCustomerId(ProjectId projectId, Mode mode, CustomerId customerId) {
                return directory.customer(projectId, mode, customerId).map(CustomerAccess::stripeCustomerId);
            }

            @Override
            public Profile profile(ProjectId projectId, Mode mode, CustomerId customerId) {
                projections.awaitStreams(List.of(customerId.value()), FRESH_WITHIN);
                return customers
                        .customer(projectId, mode, customerId)
                        .map(customer -> new Profile(customer.email(), customer.name()))
                        .orElseGet(() -> new Profile(null, null));
            }
        };
    }
}
