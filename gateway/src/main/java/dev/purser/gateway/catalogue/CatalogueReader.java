package dev.purser.gateway.catalogue;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads catalogue files one over the other: an entry of a later file replaces that of the same name. */
final class CatalogueReader {
    private static final String BUILT_IN = "catalogue.json";
    private static final long MAX_FILE_BYTES = 4L << 20;
    private static final int MAX_TOKENS = 10_000_000;
    private static final int MAX_OFFERS = 5_000;
    private static final Pattern PROVIDER_ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    private static final Pattern MODEL_ID = Pattern.compile("[A-Za-z0-9@:._/-]{1,190}");
    private static final Set<String> TOKENIZERS = Set.of("builtin", "cl100k_base", "o200k_base");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final Map<String, Provider> providers = new LinkedHashMap<>();
    private final Map<String, Offer> offers = new LinkedHashMap<>();

    void readBuiltIn() {
        try (InputStream stream = CatalogueReader.class.getResourceAsStream(BUILT_IN)) {
            if (stream == null) {
                throw new IllegalStateException(BUILT_IN + " is missing from the build");
            }
            read(true, BUILT_IN, stream.readAllBytes());
        } catch (IOException e) {
            throw new CatalogueRefused(BUILT_IN, "cannot be read: " + e.getMessage());
        }
    }

    void readFile(Path file) {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new CatalogueRefused(file.toString(), "is larger than " + MAX_FILE_BYTES + " bytes");
            }
            read(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new CatalogueRefused(file.toString(), "cannot be read: " + e);
        }
    }

    void read(String file, byte[] json) {
        read(false, file, json);
    }

    private void read(boolean builtIn, String file, byte[] json) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JacksonException e) {
            throw new CatalogueRefused(file, "is not valid JSON: " + e.getOriginalMessage());
        }
        if (root == null || !root.isObject()) {
            throw new CatalogueRefused(file, "must be a JSON object with providers and models");
        }
        for (JsonNode entry : elements(file, root, "providers")) {
            Provider provider = provider(builtIn, file, entry);
            providers.put(provider.id(), provider);
            offers.replaceAll((_, offer) -> offer.provider().id().equals(provider.id()) ? offer.at(provider) : offer);
        }
        for (JsonNode entry : elements(file, root, "models")) {
            Offer offer = offer(file, entry);
            offers.put(offer.name(), offer);
        }
        if (offers.size() > MAX_OFFERS) {
            throw new CatalogueRefused(file, "makes more than " + MAX_OFFERS + " models");
        }
    }

    Catalogue catalogue() {
        return new Catalogue(providers, new ArrayList<>(offers.values()));
    }

    private static List<JsonNode> elements(String file, JsonNode root, String name) {
        JsonNode list = root.path(name);
        if (list.isMissingNode() || list.isNull()) {
            return List.of();
        }
        if (!list.isArray()) {
            throw new CatalogueRefused(file, name + " must be a list");
        }
        return list.valueStream().toList();
    }

    private static Provider provider(boolean builtIn, String file, JsonNode entry) {
        String id = text(entry, "id");
        if (id == null || !PROVIDER_ID.matcher(id).matches()) {
            throw new CatalogueRefused(file, "a provider's id must match " + PROVIDER_ID + ", is " + entry.path("id"));
        }
        boolean builtin = Provider.BUILTIN.equals(id);
        String baseUrl = text(entry, "baseUrl");
        if (builtin != (baseUrl == null)) {
            throw new CatalogueRefused(
                    file, "provider " + id + ": " + (builtin ? "takes no baseUrl" : "baseUrl is missing"));
        }
        String maxTokensField = text(entry, "maxTokensField");
        return new Provider(
                id,
                baseUrl == null ? null : baseUrl(file + ": provider " + id, baseUrl),
                text(entry, "apiKeyEnv"),
                maxTokensField == null ? "max_tokens" : maxTokensField,
                entry.path("streamOptions").asBoolean(true),
                builtIn);
    }

    static URI baseUrl(String where, String text) {
        try {
            URI uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean http = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (http
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new CatalogueRefused(where, "the base URL is not a URL: " + e.getReason());
        }
        throw new CatalogueRefused(where, "the base URL must be http or https with a host, and nothing after its path");
    }

    private Offer offer(String file, JsonNode entry) {
        String id = text(entry, "id");
        if (id == null || !MODEL_ID.matcher(id).matches()) {
            throw new CatalogueRefused(file, "a model's id must match " + MODEL_ID + ", is " + entry.path("id"));
        }
        String providerId = text(entry, "provider");
        Provider provider = providerId == null ? null : providers.get(providerId);
        if (provider == null) {
            throw new CatalogueRefused(file, "model " + id + ": its provider is not known: " + entry.path("provider"));
        }
        String where = "model " + provider.id() + "/" + id;
        if (ModelAddress.parse(id, providers::containsKey).provider() != null) {
            throw new CatalogueRefused(
                    file, where + ": its id begins with the name of a provider; use another id and upstreamId");
        }
        String tokenizer = text(entry, "tokenizer");
        if (tokenizer != null && !TOKENIZERS.contains(tokenizer)) {
            throw new CatalogueRefused(file, where + ": tokenizer must be one of " + TOKENIZERS);
        }
        String upstreamId = text(entry, "upstreamId");
        return new Offer(
                provider,
                id,
                upstreamId == null ? id : upstreamId,
                tokens(file, where, entry, "context"),
                tokens(file, where, entry, "maxOutput"),
                tokenizer,
                abilities(file, where, entry),
                TariffReader.read(file, where, entry));
    }

    private static int tokens(String file, String where, JsonNode entry, String name) {
        JsonNode node = entry.path(name);
        if (!node.isIntegralNumber()
                || !node.canConvertToInt()
                || node.intValue() < 1
                || node.intValue() > MAX_TOKENS) {
            throw new CatalogueRefused(file, where + ": " + name + " must be a number of tokens, 1 to " + MAX_TOKENS);
        }
        return node.intValue();
    }

    private static Set<Ability> abilities(String file, String where, JsonNode entry) {
        return elements(file, entry, "abilities").stream()
                .map(node -> Stream.of(Ability.values())
                        .filter(ability -> node.isString() && ability.wireName().equals(node.stringValue()))
                        .findFirst()
                        .orElseThrow(() -> new CatalogueRefused(file, where + ": no such ability: " + node)))
                .collect(toUnmodifiableSet());
    }

    private static @Nullable String text(JsonNode entry, String name) {
        JsonNode node = entry.path(name);
        return node.isString() ? node.stringValue() : null;
    }
}
