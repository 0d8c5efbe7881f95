package dev.purser.gateway.chat;

import dev.purser.domain.pricing.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The usage as a client sees it: the provider's own where that is what is billed, else the figures of the bill. */
final class UsageShown {
    private UsageShown() {}

    static ObjectNode of(Usage billed, boolean providersOwn, @Nullable ObjectNode reported) {
        if (providersOwn && reported != null) {
            return reported;
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("prompt_tokens", billed.promptTokens())
                .put("completion_tokens", billed.completionTokens())
                .put("total_tokens", billed.promptTokens() + billed.completionTokens());
    }
}
