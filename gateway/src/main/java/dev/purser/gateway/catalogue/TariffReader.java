package dev.purser.gateway.catalogue;

import dev.purser.domain.pricing.ImageKind;
import dev.purser.domain.pricing.ImagePrice;
import dev.purser.domain.pricing.Tariff;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads prices: exact decimals, as strings or JSON numbers, in US dollars per million tokens, request and image. */
final class TariffReader {
    /**
     * A cent a token, far above any price: refuses the figures that lists of prices put where they know none, and keeps
     * every worst case within the range of money.
     */
    static final BigDecimal MAX_PER_MILLION = BigDecimal.valueOf(10_000);

    static final int MAX_SCALE = 12;
    private static final BigDecimal MAX_EACH = BigDecimal.valueOf(1_000);
    private static final int MAX_LENGTH = 32;
    private static final int MAX_IMAGE_PRICES = 100;
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+(\\.[0-9]{1," + MAX_SCALE + "})?");
    private static final Pattern IMAGE_WORD = Pattern.compile("[A-Za-z0-9._:-]{1,40}");

    private final Entry tariff;

    private TariffReader(Entry tariff) {
        this.tariff = tariff;
    }

    static Tariff read(Entry model, ModelKind kind) {
        JsonNode tariff = model.json().path("tariff");
        if (model.json().path("free").asBoolean(false)) {
            if (model.has("tariff")) {
                throw model.refused("is free and has a tariff; drop one of them");
            }
            return Tariff.FREE;
        }
        if (!tariff.isObject()) {
            throw model.refused("has no tariff; give one, or say \"free\": true");
        }
        Tariff prices = new TariffReader(model.within(tariff)).of(kind);
        if (prices.isFree()) {
            throw model.refused("its tariff is all zeros; say \"free\": true in its place if it costs nothing");
        }
        return prices;
    }

    private Tariff of(ModelKind kind) {
        BigDecimal perRequest = orZero(optional("perRequest", MAX_EACH));
        if (kind == ModelKind.IMAGE) {
            return ofImages(perRequest);
        }
        refuse("images", "perImage");
        if (kind == ModelKind.EMBEDDING) {
            refuse("output", "cachedInput", "reasoning");
            return new Tariff(required("input"), null, BigDecimal.ZERO, perRequest, BigDecimal.ZERO);
        }
        return new Tariff(
                required("input"),
                optional("cachedInput", MAX_PER_MILLION),
                required("output"),
                perRequest,
                BigDecimal.ZERO,
                optional("reasoning", MAX_PER_MILLION),
                null);
    }

    private Tariff ofImages(BigDecimal perRequest) {
        refuse("input", "cachedInput", "output", "reasoning");
        BigDecimal each = optional("perImage", MAX_EACH);
        List<ImagePrice> images = images();
        if ((each == null) == images.isEmpty()) {
            throw tariff.refused("its tariff must have either perImage or images");
        }
        return new Tariff(
                BigDecimal.ZERO,
                null,
                BigDecimal.ZERO,
                perRequest,
                orZero(each),
                null,
                images.isEmpty() ? null : images);
    }

    private List<ImagePrice> images() {
        List<ImagePrice> prices = new ArrayList<>();
        for (JsonNode element : tariff.elements("images")) {
            ImageKind kind = new ImageKind(word(element, "size"), word(element, "quality"));
            if (prices.stream().anyMatch(price -> price.kind().equals(kind))) {
                throw tariff.refused("tariff.images names a size and quality twice: " + element);
            }
            BigDecimal price = decimal("images.price", element.path("price"), MAX_EACH);
            if (price == null) {
                throw tariff.refused("tariff.images.price is missing in " + element);
            }
            prices.add(new ImagePrice(kind, price));
        }
        if (prices.size() > MAX_IMAGE_PRICES) {
            throw tariff.refused("tariff.images must be at most " + MAX_IMAGE_PRICES);
        }
        return prices;
    }

    private @Nullable String word(JsonNode element, String name) {
        JsonNode node = element.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.isString() || !IMAGE_WORD.matcher(node.stringValue()).matches()) {
            throw tariff.refused("tariff.images." + name + " must match " + IMAGE_WORD + ", is " + node);
        }
        return node.stringValue();
    }

    private void refuse(String... names) {
        for (String name : names) {
            if (tariff.has(name)) {
                throw tariff.refused("tariff." + name + " is not for models of this kind");
            }
        }
    }

    private BigDecimal required(String name) {
        BigDecimal price = optional(name, MAX_PER_MILLION);
        if (price == null) {
            throw tariff.refused("tariff." + name + " is missing");
        }
        return price;
    }

    private static BigDecimal orZero(@Nullable BigDecimal price) {
        return price == null ? BigDecimal.ZERO : price;
    }

    private @Nullable BigDecimal optional(String name, BigDecimal max) {
        return decimal(name, tariff.json().path(name), max);
    }

    private @Nullable BigDecimal decimal(String name, JsonNode node, BigDecimal max) {
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        BigDecimal price = decimal(node);
        if (price == null) {
            throw tariff.refused("tariff." + name + " is not a plain decimal number: " + node);
        }
        if (price.signum() < 0) {
            throw tariff.refused("tariff." + name + " must not be negative, is " + node);
        }
        if (price.compareTo(max) > 0) {
            throw tariff.refused("tariff." + name + " must be at most " + max + ", is " + node);
        }
        return normalised(price);
    }

    private static @Nullable BigDecimal decimal(JsonNode node) {
        if (node.isNumber()) {
            BigDecimal number = node.decimalValue();
            return number.scale() > MAX_SCALE || number.scale() < 0 ? null : number;
        }
        String text = node.isString() ? node.stringValue() : "";
        return text.length() <= MAX_LENGTH && DECIMAL.matcher(text).matches() ? new BigDecimal(text) : null;
    }

    /** The one form of a number that survives being stored as JSON, so that the same prices compare as equal. */
    private static BigDecimal normalised(BigDecimal price) {
        BigDecimal stripped = price.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
