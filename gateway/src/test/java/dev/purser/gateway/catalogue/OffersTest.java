package dev.purser.gateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OffersTest {
    private final Catalogue catalogue = Catalogue.load(null);

    private Offers offers(boolean sandbox, Map<String, ProviderSettings> settings, Map<String, String> environment) {
        return new Offers(catalogue, settings, environment::get, sandbox);
    }

    private static List<String> providers(Offers offers) {
        return offers.offered().stream()
                .map(offer -> offer.provider().id())
                .distinct()
                .toList();
    }

    private static ProviderSettings at(@Nullable String baseUrl, @Nullable String apiKey) {
        return new ProviderSettings(baseUrl, apiKey);
    }

    @Test
    void withoutKeysOnlyTheBuiltInModelsAreOffered() {
        assertThat(providers(offers(true, Map.of(), Map.of()))).containsExactly("builtin");
        assertThat(providers(offers(false, Map.of(), Map.of()))).containsExactly("builtin");
    }

    @Test
    void thePricedBuiltInModelIsOfferedWithSandboxPaymentsOnly() {
        assertThat(offers(true, Map.of(), Map.of()).find("builtin/priced-echo")).hasSize(1);
        Offers real = offers(false, Map.of(), Map.of());
        assertThat(real.find("builtin/priced-echo")).isEmpty();
        assertThat(real.explain("builtin/priced-echo")).contains("only with sandbox payments");
        assertThat(real.find("builtin/free-chat")).hasSize(1);
    }

    @Test
    void aKeyInTheEnvironmentOrTheSettingsOpensAProvider() {
        Offers offers = offers(
                false, Map.of("mistral", at(null, "m-key")), Map.of("OPENAI_API_KEY", " o-key ", "GROQ_API_KEY", ""));
        assertThat(providers(offers)).containsExactly("builtin", "openai", "mistral");
        assertThat(offers.apiKey(catalogue.provider("openai").orElseThrow())).contains("o-key");
        assertThat(offers.apiKey(catalogue.provider("mistral").orElseThrow())).contains("m-key");
        assertThat(offers.explain("groq/llama-3.1-8b-instant")).contains("GROQ_API_KEY");
        assertThat(offers.explain("nothing")).contains("does not exist");
    }

    @Test
    void playMoneyNeverOpensARealProvider() {
        Offers offers = offers(
                true,
                Map.of("mistral", at("http://203.0.113.7/v1", "m-key"), "groq", at("http://127.0.0.1:1/v1", null)),
                Map.of("OPENAI_API_KEY", "o-key"));
        assertThat(providers(offers)).containsExactly("builtin", "groq");
        assertThat(offers.explain("gpt-4o")).contains("play money");
    }

    @Test
    void anUpstreamOnLoopbackNeedsNoKey() {
        Offers offers = offers(false, Map.of("openai", at("http://localhost:9/v1/", null)), Map.of());
        assertThat(offers.find("gpt-4o").getFirst().provider().baseUrl()).hasToString("http://localhost:9/v1");
    }

    @Test
    void refusesSettingsThatCannotBe() {
        assertThatThrownBy(() -> offers(false, Map.of("nobody", at(null, "k")), Map.of()))
                .hasMessageContaining("purser.gateway.providers.nobody");
        assertThatThrownBy(() -> offers(false, Map.of("openai", at("nonsense", null)), Map.of()))
                .hasMessageContaining("purser.gateway.providers.openai");
        assertThatThrownBy(() -> offers(false, Map.of("builtin", at("http://x", null)), Map.of()))
                .hasMessageContaining("built-in");
        assertThatThrownBy(() -> offers(false, Map.of("openai", at(null, "two\nlines")), Map.of()))
                .hasMessageContaining("no header can carry")
                .hasMessageNotContaining("lines");
    }

    @Test
    void scopesPinProvidersOrNot() {
        Offer offer = catalogue.matching("openai/gpt-4o").findFirst().orElseThrow();
        assertThat(scope("gpt-4o").allows(offer)).isTrue();
        assertThat(scope("openai/gpt-4o").allows(offer)).isTrue();
        assertThat(scope("groq/gpt-4o").allows(offer)).isFalse();
        assertThat(scope("gpt-4o-mini").allows(offer)).isFalse();
        assertThat(scope("auto").allows(offer)).isFalse();
        assertThat(scope("auto").allowsByAuto(offer)).isTrue();
        assertThat(new Scope(null, _ -> true).allows(offer)).isTrue();
    }

    private Scope scope(String entry) {
        return new Scope(List.of(entry), id -> catalogue.provider(id).isPresent());
    }
}
