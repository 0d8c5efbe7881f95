package dev.purser.gateway.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.purser.domain.pricing.Tariff;
import dev.purser.gateway.catalogue.Ability;
import dev.purser.gateway.catalogue.Offer;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A model in OpenAI's shape, and ours after it. Prices are decimal strings in US dollars per million tokens. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ModelView(
        String id,
        String object,
        long created,
        @JsonProperty("owned_by") String ownedBy,
        boolean free,
        @JsonProperty("context_window") int contextWindow,
        @JsonProperty("max_output_tokens") int maxOutputTokens,
        List<String> abilities,
        Pricing pricing) {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Pricing(
            String currency,
            String unit,
            String input,
            @JsonProperty("cached_input") @Nullable String cachedInput,
            String output,
            @JsonProperty("per_request") @Nullable String perRequest) {

        static Pricing of(Tariff tariff) {
            BigDecimal cached = tariff.cachedInputPerMillion();
            return new Pricing(
                    "USD",
                    "per_million_tokens",
                    tariff.inputPerMillion().toPlainString(),
                    cached == null ? null : cached.toPlainString(),
                    tariff.outputPerMillion().toPlainString(),
                    tariff.perRequest().signum() == 0
                            ? null
                            : tariff.perRequest().toPlainString());
        }
    }

    static ModelView of(Offer offer, long created) {
        return new ModelView(
                offer.name(),
                "model",
                created,
                offer.provider().id(),
                offer.free(),
                offer.contextWindow(),
                offer.maxOutput(),
                offer.abilities().stream().map(Ability::wireName).sorted().toList(),
                Pricing.of(offer.tariff()));
    }

    /** OpenAI's list. */
    record ModelList(String object, List<ModelView> data) {}
}
