package dev.purser.gateway.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.purser.domain.pricing.ImagePrice;
import dev.purser.domain.pricing.Tariff;
import dev.purser.gateway.catalogue.Ability;
import dev.purser.gateway.catalogue.ModelKind;
import dev.purser.gateway.catalogue.Offer;
import dev.purser.gateway.catalogue.Scope;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model in OpenAI's shape, and ours after it.
 *
 * @param free null where that depends on the choice
 * @param pricing null where that depends on the choice
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ModelView(
        String id,
        String object,
        long created,
        @JsonProperty("owned_by") String ownedBy,
        String kind,
        @Nullable Boolean free,
        @JsonProperty("context_window") @Nullable Integer contextWindow,
        @JsonProperty("max_output_tokens") @Nullable Integer maxOutputTokens,
        List<String> abilities,
        @Nullable Pricing pricing) {

    /** Decimal strings in US dollars: per million tokens, per request, per image. What does not apply is left out. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Pricing(
            String currency,
            String unit,
            @Nullable String input,
            @JsonProperty("cached_input") @Nullable String cachedInput,
            @Nullable String output,
            @Nullable String reasoning,
            @JsonProperty("per_request") @Nullable String perRequest,
            @JsonProperty("per_image") @Nullable String perImage,
            @Nullable List<Image> images) {

        static Pricing of(Tariff tariff, ModelKind kind) {
            boolean image = kind == ModelKind.IMAGE;
            List<ImagePrice> images = tariff.images();
            return new Pricing(
                    "USD",
                    image ? "per_image" : "per_million_tokens",
                    image ? null : plain(tariff.inputPerMillion()),
                    plain(tariff.cachedInputPerMillion()),
                    kind == ModelKind.CHAT ? plain(tariff.outputPerMillion()) : null,
                    plain(tariff.reasoningPerMillion()),
                    tariff.perRequest().signum() == 0 ? null : plain(tariff.perRequest()),
                    image && images == null ? plain(tariff.perImage()) : null,
                    images == null ? null : images.stream().map(Image::of).toList());
        }

        private static @Nullable String plain(@Nullable BigDecimal price) {
            return price == null ? null : price.toPlainString();
        }
    }

    /** The price of an image; a size or quality that does not matter is left out. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Image(@Nullable String size, @Nullable String quality, String price) {
        static Image of(ImagePrice image) {
            return new Image(
                    image.kind().size(), image.kind().quality(), image.price().toPlainString());
        }
    }

    static ModelView of(Offer offer, long created) {
        return new ModelView(
                offer.name(),
                "model",
                created,
                offer.provider().id(),
                offer.kind().wireName(),
                offer.free(),
                orNull(offer.contextWindow()),
                orNull(offer.maxOutput()),
                abilities(List.of(offer)),
                Pricing.of(offer.tariff(), offer.kind()));
    }

    /** @param choice what it may pick from */
    static ModelView auto(List<Offer> choice, long created) {
        return new ModelView(
                Scope.AUTO,
                "model",
                created,
                "purser",
                ModelKind.CHAT.wireName(),
                null,
                orNull(choice.stream().mapToInt(Offer::contextWindow).max().orElse(0)),
                orNull(choice.stream().mapToInt(Offer::maxOutput).max().orElse(0)),
                abilities(choice),
                null);
    }

    private static List<String> abilities(List<Offer> offers) {
        return offers.stream()
                .flatMap(offer -> offer.abilities().stream())
                .map(Ability::wireName)
                .distinct()
                .sorted()
                .toList();
    }

    private static @Nullable Integer orNull(int tokens) {
        return tokens == 0 ? null : tokens;
    }

    /** OpenAI's list. */
    record ModelList(String object, List<ModelView> data) {}
}
