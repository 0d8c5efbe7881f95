package dev.purser.gateway.catalogue;

import dev.purser.domain.pricing.Tariff;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads prices: exact decimals, as strings or JSON numbers, in US dollars per million tokens, request and image. */
final class TariffReader {
    /** A dollar a token, far above any price; keeps every worst case within the range of money. */
    private static final BigDecimal MAX_PER_MILLION = BigDecimal.valueOf(1_000_000);

    private static final BigDecimal MAX_EACH = BigDecimal.valueOf(10_000);
    private static final int MAX_SCALE = 12;
    private static final int MAX_LENGTH = 32;
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+(\\.[0-9]{1," + MAX_SCALE + "})?");

    private TariffReader() {}

    static Tariff read(String file, String where, JsonNode entry) {
        JsonNode tariff = entry.path("tariff");
        if (entry.path("free").asBoolean(false)) {
            if (!tariff.isMissingNode() && !tariff.isNull()) {
                throw new CatalogueRefused(file, where + ": is free and has a tariff; drop one of them");
            }
            return Tariff.FREE;
        }
        if (!tariff.isObject()) {
            throw new CatalogueRefused(file, where + ": has no tariff; give one, or say \"free\": true");
        }
        return new Tariff(
                required(file, where, tariff, "input"),
                optional(file, where, tariff, "cachedInput", MAX_PER_MILLION),
                required(file, where, tariff, "output"),
                orZero(optional(file, where, tariff, "perRequest", MAX_EACH)),
                orZero(optional(file, where, tariff, "perImage", MAX_EACH)));
    }

    private static BigDecimal required(String file, String where, JsonNode tariff, String name) {
        BigDecimal price = optional(file, where, tariff, name, MAX_PER_MILLION);
        if (price == null) {
            throw new CatalogueRefused(file, where + ": tariff." + name + " is missing");
        }
        return price;
    }

    private static BigDecimal orZero(@Nullable BigDecimal price) {
        return price == null ? BigDecimal.ZERO : price;
    }

    private static @Nullable BigDecimal optional(
            String file, String where, JsonNode tariff, String name, BigDecimal max) {
        JsonNode node = tariff.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        BigDecimal price = decimal(node);
        if (price == null) {
            throw new CatalogueRefused(file, where + ": tariff." + name + " is not a plain decimal number: " + node);
        }
        if (price.signum() < 0) {
            throw new CatalogueRefused(file, where + ": tariff." + name + " must not be negative, is " + node);
        }
        if (price.compareTo(max) > 0) {
            throw new CatalogueRefused(file, where + ": tariff." + name + " must be at most " + max + ", is " + node);
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
