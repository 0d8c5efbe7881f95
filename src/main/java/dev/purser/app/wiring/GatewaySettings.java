package dev.purser.app.wiring;

import dev.purser.gateway.GatewayProperties;
import dev.purser.gateway.catalogue.ProviderSettings;
import dev.purser.gateway.settlement.HoldSettings;
import dev.purser.gateway.upstream.UpstreamTimeouts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the gateway works; everything has a default.
 *
 * @param catalogueFile the operator's own models and prices, laid over those that come with the product
 * @param providers base URL and key by provider id, instead of those of the catalogue and the environment
 * @param connectTimeout for a provider to accept a connection
 * @param firstByteTimeout for a provider to begin a streamed answer
 * @param idleTimeout between two frames of a stream
 * @param answerTimeout for a whole, unstreamed answer
 * @param drain for how long a stream that nobody hears any more is read on
 * @param maxOpenCalls calls under way at once on this node
 * @param builtinTokenDelay the pause before each token of a built-in model's stream
 */
@ConfigurationProperties("purser.gateway")
record GatewaySettings(
        @Nullable Path catalogueFile,
        @DefaultValue Map<String, ProviderSettings> providers,
        @DefaultValue("10s") Duration connectTimeout,
        @DefaultValue("120s") Duration firstByteTimeout,
        @DefaultValue("120s") Duration idleTimeout,
        @DefaultValue("10m") Duration answerTimeout,
        @DefaultValue("30s") Duration drain,
        @DefaultValue("10000") int maxOpenCalls,
        @DefaultValue("20ms") Duration builtinTokenDelay) {

    GatewayProperties properties(boolean sandboxMoney) {
        HoldSettings holds = HoldSettings.DEFAULTS;
        return new GatewayProperties(
                catalogueFile,
                providers,
                sandboxMoney,
                new UpstreamTimeouts(connectTimeout, firstByteTimeout, idleTimeout, answerTimeout),
                new HoldSettings(holds.lifetime(), holds.renewEvery(), maxOpenCalls, holds.grace()),
                drain,
                builtinTokenDelay);
    }
}
