package dev.purser.app.wiring;

import dev.purser.gateway.GatewayProperties;
import dev.purser.gateway.catalogue.ProviderSettings;
import dev.purser.gateway.routing.RetrySettings;
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
 * @param catalogueCheck how often the operator's catalogue file is looked at for changes
 * @param retries how often one provider is asked again in one call, before the first byte
 * @param retryPause before the first retry; doubled for each further one, varied by half of it
 * @param maxRetryAfter a provider that asks for a longer wait is not waited for
 * @param breakerCalls of the latest so many calls of a model at a provider
 * @param breakerFailurePercent so many have failed: then it is left alone
 * @param breakerPause for so long
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
        @DefaultValue("20ms") Duration builtinTokenDelay,
        @DefaultValue("5s") Duration catalogueCheck,
        @DefaultValue("2") int retries,
        @DefaultValue("150ms") Duration retryPause,
        @DefaultValue("2s") Duration maxRetryAfter,
        @DefaultValue("20") int breakerCalls,
        @DefaultValue("50") int breakerFailurePercent,
        @DefaultValue("15s") Duration breakerPause) {

    GatewayProperties properties(boolean sandboxMoney) {
        HoldSettings holds = HoldSettings.DEFAULTS;
        return new GatewayProperties(
                catalogueFile,
                providers,
                sandboxMoney,
                new UpstreamTimeouts(connectTimeout, firstByteTimeout, idleTimeout, answerTimeout),
                new HoldSettings(holds.lifetime(), holds.renewEvery(), maxOpenCalls, holds.grace()),
                new RetrySettings(
                        retries, retryPause, maxRetryAfter, breakerCalls, breakerFailurePercent, breakerPause),
                drain,
                builtinTokenDelay,
                catalogueCheck);
    }
}
