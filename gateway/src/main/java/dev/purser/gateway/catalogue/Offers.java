package dev.purser.gateway.catalogue;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The part of the catalogue that can be called here and now: built-in models, and those of providers that are set up.
 * With sandbox payments only built-in models and upstreams on this machine, as play money never buys real inference.
 */
public final class Offers {
    private static final String PRICED_BUILT_IN_NEEDS = "it is offered only with sandbox payments";

    private final Catalogue catalogue;
    private final Map<String, String> apiKeys;
    private final Map<String, String> missing = new HashMap<>();
    private final List<Offer> offered;
    private final boolean sandboxMoney;

    /**
     * @param settings by provider id
     * @param environment the value of an environment variable, null where it is not set
     * @throws CatalogueRefused for settings that cannot be
     */
    public Offers(
            Catalogue catalogue,
            Map<String, ProviderSettings> settings,
            UnaryOperator<@Nullable String> environment,
            boolean sandboxMoney) {
        this.sandboxMoney = sandboxMoney;
        Map<String, Provider> changed = new HashMap<>();
        Map<String, String> keys = new HashMap<>();
        settings.forEach((id, setting) -> {
            String where = "purser.gateway.providers." + id;
            Provider provider =
                    catalogue.provider(id).orElseThrow(() -> new CatalogueRefused(where, "no such provider"));
            if (provider.builtin()) {
                throw new CatalogueRefused(where, "the built-in provider takes no settings");
            }
            String baseUrl = setting.baseUrl();
            if (baseUrl != null && !baseUrl.isBlank()) {
                changed.put(id, provider.at(CatalogueReader.baseUrl(where, baseUrl)));
            }
            String apiKey = setting.apiKey();
            if (apiKey != null && !apiKey.isBlank()) {
                keys.put(id, apiKey.strip());
            }
        });
        this.catalogue = catalogue.withProviders(changed);
        Map<String, Provider> providers = this.catalogue.offers().stream()
                .map(Offer::provider)
                .collect(Collectors.toMap(Provider::id, provider -> provider, (first, _) -> first));
        providers.values().forEach(provider -> {
            String variable = provider.apiKeyEnv();
            String value = variable == null ? null : environment.apply(variable);
            if (value != null && !value.isBlank()) {
                keys.putIfAbsent(provider.id(), value.strip());
            }
        });
        keys.forEach(Offers::requireHeaderValue);
        this.apiKeys = Map.copyOf(keys);
        providers.values().forEach(provider -> {
            String reason = whyNot(provider);
            if (reason != null) {
                missing.put(provider.id(), reason);
            }
        });
        this.offered = this.catalogue.offers().stream().filter(this::isOffered).toList();
    }

    /** What can be called, in the catalogue's order. */
    public List<Offer> offered() {
        return offered;
    }

    /** What can be called under this name, in the order in which it is to be tried; empty where nothing can. */
    public List<Offer> find(String name) {
        ModelAddress address = catalogue.address(name);
        return offered.stream().filter(address::matches).toList();
    }

    public boolean knowsProvider(String id) {
        return catalogue.provider(id).isPresent();
    }

    /** Why {@link #find} finds nothing, for whoever asked. */
    public String explain(String name) {
        return catalogue
                .matching(name)
                .findFirst()
                .map(offer -> "The model " + offer.name() + " is known but not offered: "
                        + missing.getOrDefault(offer.provider().id(), PRICED_BUILT_IN_NEEDS) + ".")
                .orElse("The model does not exist. GET /v1/models lists those on offer.");
    }

    public Optional<String> apiKey(Provider provider) {
        return Optional.ofNullable(apiKeys.get(provider.id()));
    }

    private boolean isOffered(Offer offer) {
        if (offer.builtin()) {
            return offer.free() || sandboxMoney;
        }
        return !missing.containsKey(offer.provider().id());
    }

    private @Nullable String whyNot(Provider provider) {
        URI baseUrl = provider.baseUrl();
        if (baseUrl == null) {
            return null;
        }
        if (!provider.wellKnown() && Loopback.addressOf(baseUrl).isPresent()) {
            return null;
        }
        if (sandboxMoney) {
            return "payments are a sandbox, and play money calls only built-in models and upstreams on loopback"
                    + " (PURSER_PAYMENTS=none opens real ones)";
        }
        String variable = provider.apiKeyEnv();
        if (variable != null && !apiKeys.containsKey(provider.id())) {
            return "the operator enables it by setting " + variable;
        }
        return null;
    }

    private static void requireHeaderValue(String provider, String key) {
        if (!key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new CatalogueRefused(
                    "purser.gateway.providers." + provider, "the API key has characters that no header can carry");
        }
    }
}
