package dev.purser.gateway.catalogue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The format of models.dev: by provider, prices per million tokens. */
final class ModelsDev {
    private ModelsDev() {}

    static void read(String id, JsonNode provider, PriceFileImport into) {
        if (!into.wants(id)) {
            return;
        }
        if (!into.knows(id)) {
            String address = provider.path("api").asString("");
            if (!address.startsWith("https://")
                    || !CatalogueReader.PROVIDER_ID.matcher(id).matches()) {
                into.leaveOut(id, "the list names no address for it, or none that is known to be OpenAI-compatible");
                return;
            }
            JsonNode variable = provider.path("env").path(0);
            into.addProvider(id, address, variable.isString() ? variable.stringValue() : null);
        }
        for (JsonNode model : provider.path("models")) {
            model(id, model, into);
        }
    }

    private static void model(String provider, JsonNode model, PriceFileImport into) {
        String id = model.path("id").asString("");
        JsonNode cost = model.path("cost");
        String what = provider + "/" + id;
        if (!isText(model.path("modalities").path("output"))) {
            into.leaveOut(what, "it makes something else than text, whose price the list does not have");
        } else if (!cost.isObject()) {
            into.leaveOut(what, "the list has no price for it");
        } else if (cost.propertyNames().stream().anyMatch(name -> name.startsWith("context_over"))
                || cost.has("tiers")) {
            into.leaveOut(what, "its price depends on the length of the prompt");
        } else {
            JsonNode limit = model.path("limit");
            into.add(new PriceFileImport.Listed(
                    provider,
                    id,
                    ModelKind.CHAT,
                    PriceFileImport.number(limit.path("context")),
                    PriceFileImport.number(limit.path("output")),
                    abilities(model),
                    tariff(cost)));
        }
    }

    private static boolean isText(JsonNode output) {
        return output.isEmpty()
                || (output.size() == 1 && output.path(0).asString("").equals("text"));
    }

    private static Map<String, BigDecimal> tariff(JsonNode cost) {
        Map<String, BigDecimal> tariff = new LinkedHashMap<>();
        put(tariff, "input", cost.path("input"));
        put(tariff, "cachedInput", cost.path("cache_read"));
        put(tariff, "output", cost.path("output"));
        put(tariff, "reasoning", cost.path("reasoning"));
        return tariff;
    }

    private static void put(Map<String, BigDecimal> tariff, String name, JsonNode node) {
        BigDecimal price = PriceFileImport.number(node);
        if (price != null) {
            tariff.put(name, price);
        }
    }

    private static List<String> abilities(JsonNode model) {
        List<String> abilities = new ArrayList<>();
        if (model.path("tool_call").asBoolean(false)) {
            abilities.add("tools");
        }
        if (model.path("modalities")
                .path("input")
                .valueStream()
                .anyMatch(kind -> kind.asString("").equals("image"))) {
            abilities.add("vision");
        }
        if (model.path("structured_output").asBoolean(false)) {
            abilities.add("json");
        }
        if (model.path("reasoning").asBoolean(false)) {
            abilities.add("reasoning");
        }
        return abilities;
    }
}
