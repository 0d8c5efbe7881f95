package dev.purser.gateway;

import dev.purser.gateway.catalogue.ProviderSettings;
import dev.purser.gateway.routing.RetrySettings;
import dev.purser.gateway.settlement.HoldSettings;
import dev.purser.gateway.upstream.UpstreamTimeouts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the gateway works.
 *
 * @param catalogueFile the operator's own models and prices, laid over those that come with the product
 * @param providers settings by provider id
 * @param sandboxMoney payments are a sandbox: only built-in models and upstreams on loopback are called
 * @param drain for how long a stream that nobody hears any more is read on
 * @param builtinTokenDelay the pause before each token of a built-in model's stream
 * @param catalogueCheck how often the operator's file is looked at for changes
 */
public record GatewayProperties(
        @Nullable Path catalogueFile,
        Map<String, ProviderSettings> providers,
        boolean sandboxMoney,
        UpstreamTimeouts timeouts,
        HoldSettings holds,
        RetrySettings retries,
        Duration drain,
        Duration builtinTokenDelay,
        Duration catalogueCheck) {
    public static final GatewayProperties DEFAULTS = new GatewayProperties(
            null,
            Map.of(),
            true,
            UpstreamTimeouts.DEFAULTS,
            HoldSettings.DEFAULTS,
            RetrySettings.DEFAULTS,
            Duration.ofSeconds(30),
            Duration.ofMillis(20),
            Duration.ofSeconds(5));

    public GatewayProperties {
        providers = Map.copyOf(providers);
    }
}
