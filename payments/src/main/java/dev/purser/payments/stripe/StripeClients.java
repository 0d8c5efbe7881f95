package dev.purser.payments.stripe;

import dev.purser.domain.Mode;
import dev.purser.edge.Problem;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stripe's live and its test world, as far as there are keys. Thread-safe. */
public final class StripeClients {
    private final Map<Mode, StripeApi> byMode = new EnumMap<>(Mode.class);

    /** @param settings null: this installation takes no payments */
    public StripeClients(@Nullable StripeSettings settings) {
        if (settings == null) {
            return;
        }
        for (Mode mode : Mode.values()) {
            String key = settings.key(mode);
            if (key != null) {
                byMode.put(mode, new StripeApi(mode, settings, key));
            }
        }
    }

    public Optional<StripeApi> of(Mode mode) {
        return Optional.ofNullable(byMode.get(mode));
    }

    /** A mode without a key is a 409. */
    public StripeApi require(Mode mode) {
        return of(mode).orElseThrow(() -> new Problem(
                409, "payments_not_configured", "This installation takes no payments in " + mode.wireName() + " mode"));
    }

    public List<StripeApi> all() {
        return List.copyOf(byMode.values());
    }
}
