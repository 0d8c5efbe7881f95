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
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads catalogue files one over the other: an entry of a later file replaces that of the same name. */
final class CatalogueReader {
    static final Pattern PROVIDER_ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    static final Pattern MODEL_ID = Pattern.compile("[A-Za-z0-9@:._/-]{1,190}");
    static final int MAX_TOKENS = 10_000_000;
    private static final String BUILT_IN = "catalogue.json";
    private static final long MAX_FILE_BYTES = 4L << 20;
    private static final int MAX_OFFERS = 5_000;
    private static final Set<String> TOKENIZERS = Set.of("builtin", "cl100k_base", "o200k_base");

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
        CatalogueFile parsed = CatalogueFile.parse(file, json);
        for (Entry entry : parsed.providers()) {
            Provider provider = provider(builtIn, entry);
            providers.put(provider.id(), provider);
            offers.replaceAll((_, offer) -> offer.provider().id().equals(provider.id()) ? offer.at(provider) : offer);
        }
        for (Entry entry : parsed.models()) {
            Offer offer = offer(entry);
            offers.put(offer.name(), offer);
        }
        if (offers.size() > MAX_OFFERS) {
            throw new CatalogueRefused(file, "makes more than " + MAX_OFFERS + " models");
        }
    }

    Catalogue catalogue() {
        return new Catalogue(providers, new ArrayList<>(offers.values()));
    }

    private static Provider provider(boolean builtIn, Entry unnamed) {
        String id = unnamed.text("id");
        if (id == null || !PROVIDER_ID.matcher(id).matches()) {
            throw unnamed.refused("a provider's id must match " + PROVIDER_ID + ", is "
                    + unnamed.json().path("id"));
        }
        Entry entry = unnamed.named("provider " + id);
        boolean builtin = Provider.BUILTIN.equals(id);
        String baseUrl = entry.text("baseUrl");
        if (builtin != (baseUrl == null)) {
            throw entry.refused(builtin ? "takes no baseUrl" : "baseUrl is missing");
        }
        String maxTokensField = entry.text("maxTokensField");
        return new Provider(
                id,
                baseUrl == null
                        ? null
                        : baseUrl(entry.file() + ": line " + entry.line() + ": " + entry.what(), baseUrl),
                entry.text("apiKeyEnv"),
                maxTokensField == null ? "max_tokens" : maxTokensField,
                entry.json().path("streamOptions").asBoolean(true),
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

    private Offer offer(Entry unnamed) {
        String id = unnamed.text("id");
        if (id == null || !MODEL_ID.matcher(id).matches()) {
            throw unnamed.refused("a model's id must match " + MODEL_ID + ", is "
                    + unnamed.json().path("id"));
        }
        String providerId = unnamed.text("provider");
        Provider provider = providerId == null ? null : providers.get(providerId);
        if (provider == null) {
            throw unnamed.refused("model " + id + ": its provider is not known: "
                    + unnamed.json().path("provider"));
        }
        Entry entry = unnamed.named("model " + provider.id() + "/" + id);
        if (ModelAddress.parse(id, providers::containsKey).provider() != null) {
            throw entry.refused("its id begins with the name of a provider; use another id and upstreamId");
        }
        String tokenizer = entry.text("tokenizer");
        if (tokenizer != null && !TOKENIZERS.contains(tokenizer)) {
            throw entry.refused("tokenizer must be one of " + TOKENIZERS);
        }
        ModelKind kind = kind(entry);
        String upstreamId = entry.text("upstreamId");
        return new Offer(
                provider,
                id,
                upstreamId == null ? id : upstreamId,
                kind,
                kind == ModelKind.IMAGE ? 0 : tokens(entry, "context"),
                kind == ModelKind.CHAT ? tokens(entry, "maxOutput") : 0,
                tokenizer,
                abilities(entry),
                TariffReader.read(entry, kind));
    }

    private static ModelKind kind(Entry entry) {
        if (!entry.has("kind")) {
            return ModelKind.CHAT;
        }
        return ModelKind.of(String.valueOf(entry.text("kind")))
                .orElseThrow(() -> entry.refused("kind must be chat, embedding or image"));
    }

    private static int tokens(Entry entry, String name) {
        JsonNode node = entry.json().path(name);
        if (!node.isIntegralNumber()
                || !node.canConvertToInt()
                || node.intValue() < 1
                || node.intValue() > MAX_TOKENS) {
            throw entry.refused(name + " must be a number of tokens, 1 to " + MAX_TOKENS);
        }
        return node.intValue();
    }

    private static Set<Ability> abilities(Entry entry) {
        return entry.elements("abilities").stream()
                .map(node -> Stream.of(Ability.values())
                        .filter(ability -> node.isString() && ability.wireName().equals(node.stringValue()))
                        .findFirst()
                        .orElseThrow(() -> entry.refused("no such ability: " + node)))
                .collect(toUnmodifiableSet());
    }
}
