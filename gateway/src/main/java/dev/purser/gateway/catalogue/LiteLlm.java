package dev.purser.gateway.catalogue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The format of LiteLLM: one flat list, prices per token. */
final class LiteLlm {
    private static final int MILLION_DIGITS = 6;

    /** Where its word for a provider is another than ours. */
    private static final Map<String, String> PROVIDERS = Map.of("gemini", "google", "together_ai", "togetherai");

    private static final Map<String, ModelKind> KINDS =
            Map.of("chat", ModelKind.CHAT, "embedding", ModelKind.EMBEDDING, "image_generation", ModelKind.IMAGE);

    private LiteLlm() {}

    static void read(String name, JsonNode model, PriceFileImport into) {
        String theirs = model.path("litellm_provider").asString("");
        String provider = PROVIDERS.getOrDefault(theirs, theirs);
        ModelKind kind = KINDS.get(model.path("mode").asString(""));
        if (!into.wants(provider) || name.equals("sample_spec")) {
            return;
        }
        if (!into.knows(provider)) {
            into.leaveOut(name, "its provider is not in the catalogue: " + theirs);
        } else if (kind == null) {
            into.leaveOut(name, "it is neither for chats nor for embeddings nor for images");
        } else if (model.propertyNames().stream()
                .anyMatch(field -> field.contains("_cost_") && field.contains("_above_"))) {
            into.leaveOut(name, "its price depends on the length of the prompt");
        } else {
            String prefix = theirs + "/";
            into.add(new PriceFileImport.Listed(
                    provider,
                    name.startsWith(prefix) ? name.substring(prefix.length()) : name,
                    kind,
                    first(model, "max_input_tokens", "max_tokens"),
                    first(model, "max_output_tokens", "max_tokens"),
                    abilities(model),
                    kind == ModelKind.IMAGE ? perImage(model) : perToken(model, kind)));
        }
    }

    private static BigDecimal first(JsonNode model, String field, String other) {
        BigDecimal number = PriceFileImport.number(model.path(field));
        BigDecimal instead = PriceFileImport.number(model.path(other));
        return number != null ? number : instead != null ? instead : BigDecimal.ZERO;
    }

    private static Map<String, BigDecimal> perImage(JsonNode model) {
        BigDecimal price = PriceFileImport.number(model.path("output_cost_per_image"));
        return price == null ? Map.of() : Map.of("perImage", price);
    }

    private static Map<String, BigDecimal> perToken(JsonNode model, ModelKind kind) {
        Map<String, BigDecimal> tariff = new LinkedHashMap<>();
        put(tariff, "input", model.path("input_cost_per_token"));
        if (kind == ModelKind.CHAT) {
            put(tariff, "cachedInput", model.path("cache_read_input_token_cost"));
            put(tariff, "output", model.path("output_cost_per_token"));
            put(tariff, "reasoning", model.path("output_cost_per_reasoning_token"));
        }
        return tariff;
    }

    private static void put(Map<String, BigDecimal> tariff, String name, JsonNode node) {
        BigDecimal price = PriceFileImport.number(node);
        if (price != null) {
            tariff.put(name, price.movePointRight(MILLION_DIGITS));
        }
    }

    private static List<String> abilities(JsonNode model) {
        List<String> abilities = new ArrayList<>();
        Map<String, String> words = new LinkedHashMap<>();
        words.put("supports_function_calling", "tools");
        words.put("supports_vision", "vision");
        words.put("supports_response_schema", "json");
        words.put("supports_reasoning", "reasoning");
        words.forEach((field, ability) -> {
            if (model.path(field).asBoolean(false)) {
                abilities.add(ability);
            }
        });
        return abilities;
    }
}
