package dev.purser.gateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.gateway.catalogue.PriceFileImport.Imported;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriceFileImportTest {
    private static Imported imported(String json, String... providers) {
        return PriceFileImport.of("list.json", json.getBytes(StandardCharsets.UTF_8), Set.of(providers));
    }

    private static Offer offer(Imported imported, String name) {
        CatalogueReader reader = new CatalogueReader();
        reader.readBuiltIn();
        reader.read("imported.json", imported.json().getBytes(StandardCharsets.UTF_8));
        return reader.catalogue().matching(name).findFirst().orElseThrow();
    }

    @Nested
    class OfModelsDev {
        private static final String LIST = """
            {"xai": {"id": "xai", "env": ["XAI_API_KEY"], "npm": "@ai-sdk/xai", "models": {
               "grok-9": {"id": "grok-9", "tool_call": true, "reasoning": true, "structured_output": true,
                 "modalities": {"input": ["text", "image"], "output": ["text"]},
                 "cost": {"input": 0.3, "output": 0.5, "reasoning": 0.7, "cache_read": 0.075},
                 "limit": {"context": 131072, "output": 8192}},
               "grok-long": {"id": "grok-long", "modalities": {"input": ["text"], "output": ["text"]},
                 "cost": {"input": 3, "output": 15, "context_over_200k": {"input": 6, "output": 30}},
                 "limit": {"context": 400000, "output": 8192}},
               "grok-image": {"id": "grok-image", "modalities": {"input": ["text"], "output": ["image"]},
                 "cost": {"input": 3, "output": 15}, "limit": {"context": 1000, "output": 1000}},
               "grok-secret": {"id": "grok-secret", "modalities": {"output": ["text"]},
                 "limit": {"context": 1000, "output": 1000}},
               "grok-gift": {"id": "grok-gift", "cost": {"input": 0, "output": 0}, "limit": {"context": 9, "output": 9}},
               "grok-odd": {"id": "grok-odd", "cost": {"input": -1, "output": 1}, "limit": {"context": 9, "output": 9}},
               "grok-half": {"id": "grok-half", "cost": {"input": 1}, "limit": {"context": 9, "output": 9}},
               "grok-endless": {"id": "grok-endless", "cost": {"input": 1, "output": 1}, "limit": {"context": 0, "output": 9}}
             }},
             "newcomer": {"id": "newcomer", "env": ["NEW_KEY"], "api": "https://api.newcomer.example/v1", "models": {
               "openai/gpt-oss-120b": {"id": "openai/gpt-oss-120b", "cost": {"input": 0.1, "output": 0.2},
                 "limit": {"context": 131072, "output": 8192}}}},
             "closed": {"id": "closed", "npm": "@ai-sdk/closed", "models": {}}}
            """;

        @Test
        void takesOverPricesLimitsAndAbilities() {
            Offer grok = offer(imported(LIST), "xai/grok-9");
            assertThat(grok.tariff().inputPerMillion()).isEqualByComparingTo("0.3");
            assertThat(grok.tariff().cachedInputPerMillion()).isEqualByComparingTo("0.075");
            assertThat(grok.tariff().outputPerMillion()).isEqualByComparingTo("0.5");
            assertThat(grok.tariff().reasoningPerMillion()).isEqualByComparingTo("0.7");
            assertThat(grok.contextWindow()).isEqualTo(131_072);
            assertThat(grok.maxOutput()).isEqualTo(8_192);
            assertThat(grok.abilities()).containsExactlyInAnyOrder(Ability.values());
        }

        @Test
        void addsProvidersWhoseAddressTheListHas() {
            Offer added = offer(imported(LIST), "newcomer/gpt-oss-120b");
            assertThat(added.upstreamId()).isEqualTo("openai/gpt-oss-120b");
            assertThat(added.provider().baseUrl()).hasToString("https://api.newcomer.example/v1");
            assertThat(added.provider().apiKeyEnv()).isEqualTo("NEW_KEY");
        }

        @Test
        void leavesOutWhatHasNoCertainPriceAndSaysWhy() {
            Imported imported = imported(LIST);
            assertThat(imported.models()).isEqualTo(2);
            assertThat(imported.leftOut())
                    .containsExactlyInAnyOrder(
                            "xai/grok-long: its price depends on the length of the prompt",
                            "xai/grok-image: it makes something else than text, whose price the list does not have",
                            "xai/grok-secret: the list has no price for it",
                            "xai/grok-gift: its tariff is all zeros; say \"free\": true in its place if it costs"
                                    + " nothing",
                            "xai/grok-odd: tariff.input must not be negative, is \"-1\"",
                            "xai/grok-half: tariff.output is missing",
                            "xai/grok-endless: context must be a number of tokens, 1 to 10000000",
                            "closed: the list names no address for it, or none that is known to be OpenAI-compatible");
        }

        @Test
        void takesOnlyTheProvidersAskedFor() {
            Imported imported = imported(LIST, "newcomer");
            assertThat(imported.models()).isEqualTo(1);
            assertThat(imported.leftOut()).isEmpty();
            assertThat(imported.json()).doesNotContain("xai");
        }
    }

    @Nested
    class OfLiteLlm {
        private static final String LIST = """
            {"sample_spec": {"litellm_provider": "one of them", "mode": "chat", "input_cost_per_token": 0},
             "gpt-9": {"litellm_provider": "openai", "mode": "chat", "max_tokens": 16384, "max_input_tokens": 128000,
               "max_output_tokens": 16384, "input_cost_per_token": 2.5e-06, "output_cost_per_token": 1e-05,
               "cache_read_input_token_cost": 1.25e-06, "output_cost_per_reasoning_token": 1.2e-05,
               "supports_function_calling": true, "supports_vision": true, "supports_response_schema": true},
             "gemini/gemini-9": {"litellm_provider": "gemini", "mode": "chat", "max_tokens": 8192,
               "max_input_tokens": 1048576, "input_cost_per_token": 7.5e-08, "output_cost_per_token": 3e-07},
             "gemini/gemini-9-pro": {"litellm_provider": "gemini", "mode": "chat", "max_tokens": 8192,
               "input_cost_per_token": 1e-06, "output_cost_per_token": 1e-05,
               "input_cost_per_token_above_200k_tokens": 2e-06},
             "text-embedding-9": {"litellm_provider": "openai", "mode": "embedding", "max_input_tokens": 8191,
               "input_cost_per_token": 2e-08, "output_cost_per_token": 0.0},
             "xai/grok-picture": {"litellm_provider": "xai", "mode": "image_generation", "output_cost_per_image": 0.07},
             "1024-x-1024/dall-e-9": {"litellm_provider": "openai", "mode": "image_generation",
               "input_cost_per_pixel": 1.9e-08},
             "whisper-9": {"litellm_provider": "openai", "mode": "audio_transcription"},
             "sagemaker/x": {"litellm_provider": "sagemaker", "mode": "chat"}}
            """;

        @Test
        void turnsPricesPerTokenIntoExactOnesPerMillion() {
            Imported imported = imported(LIST);
            Offer gpt = offer(imported, "openai/gpt-9");
            assertThat(gpt.tariff().inputPerMillion()).hasToString("2.5");
            assertThat(gpt.tariff().outputPerMillion()).hasToString("10");
            assertThat(gpt.tariff().cachedInputPerMillion()).hasToString("1.25");
            assertThat(gpt.tariff().reasoningPerMillion()).hasToString("12");
            assertThat(gpt.abilities()).containsExactlyInAnyOrder(Ability.TOOLS, Ability.VISION, Ability.JSON);
            Offer gemini = offer(imported, "google/gemini-9");
            assertThat(gemini.tariff().inputPerMillion()).hasToString("0.075");
            assertThat(gemini.contextWindow()).isEqualTo(1_048_576);
            assertThat(gemini.maxOutput()).isEqualTo(8_192);
        }

        @Test
        void takesOverEmbeddingsAndImagesOfOnePrice() {
            Imported imported = imported(LIST);
            Offer embedding = offer(imported, "openai/text-embedding-9");
            assertThat(embedding.kind()).isEqualTo(ModelKind.EMBEDDING);
            assertThat(embedding.tariff().inputPerMillion()).hasToString("0.02");
            Offer picture = offer(imported, "xai/grok-picture");
            assertThat(picture.kind()).isEqualTo(ModelKind.IMAGE);
            assertThat(picture.tariff().perImage()).hasToString("0.07");
        }

        @Test
        void leavesOutTheRestAndSaysWhy() {
            assertThat(imported(LIST).leftOut())
                    .containsExactlyInAnyOrder(
                            "gemini/gemini-9-pro: its price depends on the length of the prompt",
                            "openai/1024-x-1024/dall-e-9: its tariff must have either perImage or images",
                            "whisper-9: it is neither for chats nor for embeddings nor for images",
                            "sagemaker/x: its provider is not in the catalogue: sagemaker");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"a\":{}}", "{\"a\":1}", "{", "{\"openai\":{\"models\":{}}}"})
    void refusesWhatIsNeither(String json) {
        assertThatThrownBy(() -> imported(json))
                .isInstanceOf(CatalogueRefused.class)
                .hasMessageStartingWith("list.json: ");
    }
}
