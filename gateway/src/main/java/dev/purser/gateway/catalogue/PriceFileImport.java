package dev.purser.gateway.catalogue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns a public list of prices into an operator's catalogue: {@code api.json} of models.dev, or
 * {@code model_prices_and_context_window.json} of LiteLLM. What cannot be priced for certain is left out, and said.
 *
 * @see <a href="https://models.dev">models.dev</a>
 */
public final class PriceFileImport {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Set<String> wanted;
    private final Catalogue known;
    private final Map<String, ObjectNode> providers = new LinkedHashMap<>();
    private final Map<String, ObjectNode> models = new LinkedHashMap<>();
    private final List<String> leftOut = new ArrayList<>();

    /**
     * What has been made of a list.
     *
     * @param json in the format of an operator's catalogue
     * @param models how many
     * @param leftOut a line for each entry, and why
     */
    public record Imported(String json, int models, List<String> leftOut) {
        public Imported {
            leftOut = List.copyOf(leftOut);
        }
    }

    /** A model of the list, whichever format that has. */
    record Listed(
            String provider,
            String id,
            ModelKind kind,
            @Nullable BigDecimal context,
            @Nullable BigDecimal maxOutput,
            List<String> abilities,
            Map<String, BigDecimal> tariff) {}

    private PriceFileImport(Set<String> wanted) {
        this.wanted = wanted;
        this.known = Catalogue.load(null);
    }

    /**
     * @param providers to be taken over; none: all
     * @throws CatalogueRefused for what is neither of the formats
     */
    public static Imported of(String file, byte[] json, Set<String> providers) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JacksonException e) {
            throw new CatalogueRefused(file, "is not valid JSON: " + e.getOriginalMessage());
        }
        if (!root.isObject() || root.isEmpty()) {
            throw new CatalogueRefused(file, "must be a JSON object, as models.dev or LiteLLM have it");
        }
        PriceFileImport taking = new PriceFileImport(providers);
        if (root.valueStream().anyMatch(entry -> entry.path("models").isObject())) {
            root.properties().forEach(entry -> ModelsDev.read(entry.getKey(), entry.getValue(), taking));
        } else if (root.valueStream().anyMatch(entry -> entry.has("litellm_provider"))) {
            root.properties().forEach(entry -> LiteLlm.read(entry.getKey(), entry.getValue(), taking));
        } else {
            throw new CatalogueRefused(file, "is neither a list of models.dev nor one of LiteLLM");
        }
        return taking.result(file);
    }

    boolean wants(String provider) {
        return wanted.isEmpty() || wanted.contains(provider);
    }

    boolean knows(String provider) {
        return known.provider(provider).isPresent() || providers.containsKey(provider);
    }

    void leaveOut(String what, String why) {
        leftOut.add(what + ": " + why);
    }

    void addProvider(String id, String baseUrl, @Nullable String apiKeyEnv) {
        ObjectNode provider =
                JsonNodeFactory.instance.objectNode().put("id", id).put("baseUrl", baseUrl);
        providers.put(id, apiKeyEnv == null ? provider : provider.put("apiKeyEnv", apiKeyEnv));
    }

    void add(Listed listed) {
        String what = listed.provider() + "/" + listed.id();
        String id = listed.id();
        while (ModelAddress.parse(id, this::knows).provider() != null) {
            id = id.substring(id.indexOf('/') + 1);
        }
        ObjectNode model = JsonNodeFactory.instance.objectNode().put("id", id).put("provider", listed.provider());
        if (!id.equals(listed.id())) {
            model.put("upstreamId", listed.id());
        }
        if (listed.kind() != ModelKind.CHAT) {
            model.put("kind", listed.kind().wireName());
        }
        if (listed.context() != null && listed.kind() != ModelKind.IMAGE) {
            model.put("context", listed.context());
        }
        if (listed.maxOutput() != null && listed.kind() == ModelKind.CHAT) {
            model.put("maxOutput", listed.maxOutput());
        }
        if (!listed.abilities().isEmpty()) {
            listed.abilities().forEach(model.withArray("/abilities")::add);
        }
        ObjectNode tariff = model.putObject("tariff");
        listed.tariff()
                .forEach((name, price) ->
                        tariff.put(name, price.stripTrailingZeros().toPlainString()));
        String refusal = refusal(model);
        if (refusal == null) {
            models.put(listed.provider() + "/" + id, model);
        } else {
            leaveOut(what, refusal);
        }
    }

    /** Whether the catalogue would take it: the same rules, tried on the entry alone. */
    private @Nullable String refusal(ObjectNode model) {
        CatalogueReader reader = new CatalogueReader();
        reader.readBuiltIn();
        try {
            reader.read(
                    "", text(List.copyOf(providers.values()), List.of(model)).getBytes(StandardCharsets.UTF_8));
            return null;
        } catch (CatalogueRefused e) {
            return String.valueOf(e.getMessage()).replaceFirst("^.*?line [0-9]+: (model [^ ]+: )?", "");
        }
    }

    private Imported result(String file) {
        List<ObjectNode> used = providers.values().stream()
                .filter(provider -> models.values().stream()
                        .anyMatch(model -> model.path("provider").equals(provider.path("id"))))
                .toList();
        if (models.isEmpty()) {
            throw new CatalogueRefused(
                    file,
                    "has no model that can be taken over"
                            + (leftOut.isEmpty() ? "" : "; the first: " + leftOut.getFirst()));
        }
        return new Imported(text(used, List.copyOf(models.values())), models.size(), leftOut);
    }

    /** An entry a line, so that a refusal's line says which. */
    private static String text(List<ObjectNode> providers, List<ObjectNode> models) {
        return "{\n  \"providers\": [" + lines(providers) + "],\n  \"models\": [" + lines(models) + "]\n}\n";
    }

    private static String lines(List<ObjectNode> entries) {
        return entries.isEmpty()
                ? ""
                : "\n    "
                        + String.join(
                                ",\n    ",
                                entries.stream().map(JsonNode::toString).toList())
                        + "\n  ";
    }

    static @Nullable BigDecimal number(JsonNode node) {
        return node.isNumber() ? node.decimalValue() : null;
    }
}
