package dev.purser.gateway.images;

import dev.purser.domain.pricing.ImageKind;
import dev.purser.domain.pricing.ImagePrice;
import dev.purser.edge.Problem;
import dev.purser.gateway.catalogue.Ability;
import dev.purser.gateway.catalogue.ModelKind;
import dev.purser.gateway.catalogue.Offer;
import dev.purser.gateway.metering.WorstCase;
import dev.purser.gateway.routing.Demand;
import dev.purser.gateway.wire.BodyFields;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is asked for, as far as the gateway must know; the rest of the body goes to the provider as it came.
 *
 * @param count how many images
 */
record ImageRequest(
        ObjectNode body,
        String model,
        int count,
        @Nullable String size,
        @Nullable String quality) implements Demand {
    private static final int MAX_IMAGES = 10;
    private static final int MAX_PROMPT_CHARS = 32_000;
    private static final int MAX_WORD_CHARS = 40;
    private static final String SIZE = "size";
    private static final String QUALITY = "quality";

    /** @throws Problem 400 that names the field */
    static ImageRequest parse(ObjectNode body) {
        String model = BodyFields.model(body);
        JsonNode prompt = body.path("prompt");
        if (!prompt.isString() || prompt.stringValue().isBlank()) {
            throw Problem.invalid("prompt", "must be a text that is not blank");
        }
        if (prompt.stringValue().length() > MAX_PROMPT_CHARS) {
            throw Problem.invalid("prompt", "must have at most " + MAX_PROMPT_CHARS + " characters");
        }
        Integer count = BodyFields.count(body, "n", MAX_IMAGES);
        BodyFields.oneOf(body, "response_format", "url", "b64_json");
        if (BodyFields.flag(body, "stream", "stream")) {
            throw Problem.invalid("stream", "is not offered for images");
        }
        return new ImageRequest(
                body,
                model,
                count == null ? 1 : count,
                BodyFields.word(body, SIZE, MAX_WORD_CHARS),
                BodyFields.word(body, QUALITY, MAX_WORD_CHARS));
    }

    /**
     * What is bought of this model: what is asked for, where that has a price; where the client leaves it open, the first
     * of the catalogue that fits.
     *
     * @throws Problem 400 that names what has no price
     */
    ImageKind kind(Offer offer) {
        List<ImagePrice> prices = offer.tariff().images();
        if (prices == null) {
            return ImageKind.ANY;
        }
        List<ImageKind> ofSize = prices.stream()
                .map(ImagePrice::kind)
                .filter(kind ->
                        size == null || kind.size() == null || kind.size().equals(size))
                .toList();
        if (ofSize.isEmpty()) {
            throw Problem.invalid(
                    SIZE,
                    "must be one that " + offer.name() + " has a price for: "
                            + known(prices.stream()
                                    .map(price -> price.kind().size())
                                    .toList()));
        }
        return ofSize.stream()
                .filter(kind -> quality == null
                        || kind.quality() == null
                        || kind.quality().equals(quality))
                .findFirst()
                .orElseThrow(() -> Problem.invalid(
                        QUALITY,
                        "must be one that " + offer.name() + " has a price for at this size: "
                                + known(ofSize.stream().map(ImageKind::quality).toList())));
    }

    private static String known(List<@Nullable String> words) {
        return String.join(", ", words.stream().map(String::valueOf).distinct().toList());
    }

    @Override
    public ModelKind kind() {
        return ModelKind.IMAGE;
    }

    @Override
    public Set<Ability> needs() {
        return Set.of();
    }

    @Override
    public boolean fits(Offer offer) {
        return true;
    }

    @Override
    public WorstCase roughly(Offer offer) {
        return worstCase(offer);
    }

    @Override
    public WorstCase worstCase(Offer offer) {
        return WorstCase.ofImages(offer.tariff(), count, kind(offer));
    }

    /** Size and quality are said even where the client has not: the price rests on them. */
    ObjectNode forwarded(Offer offer) {
        ObjectNode forwarded = body.objectNode();
        forwarded.setAll(body);
        forwarded.put("model", offer.upstreamId());
        ImageKind kind = kind(offer);
        if (kind.size() != null) {
            forwarded.put(SIZE, kind.size());
        }
        if (kind.quality() != null) {
            forwarded.put(QUALITY, kind.quality());
        }
        return forwarded;
    }
}
