package dev.purser.gateway.metering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.pricing.Usage;
import dev.purser.gateway.catalogue.Catalogue;
import dev.purser.gateway.catalogue.Offer;
import dev.purser.gateway.wire.WireJson;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportedUsageTest {
    private static final Offer OFFER =
            Catalogue.load(null).matching("openai/gpt-4o").findFirst().orElseThrow();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}                                           | 10 | 0 | 5
        {"prompt_tokens":10,"completion_tokens":5}                                                             | 10 | 0 | 5
        {"prompt_tokens":10,"total_tokens":15}                                                                 | 10 | 0 | 5
        {"completion_tokens":5,"total_tokens":15}                                                              | 10 | 0 | 5
        {"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"prompt_tokens_details":{"cached_tokens":8}} | 10 | 8 | 5
        {"prompt_tokens":10,"completion_tokens":5,"total_tokens":23,"prompt_tokens_details":{"cached_tokens":8}} | 18 | 8 | 5
        {"prompt_tokens":10,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":80}}                | 90 | 80 | 5
        {"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"prompt_tokens_details":{"cached_tokens":80}} | 10 | 10 | 5
        {"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"prompt_cache_hit_tokens":4}               | 10 | 4 | 5
        {"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"prompt_tokens_details":{"cached_tokens":-8}} | 10 | 0 | 5
        {"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"completion_tokens_details":{"reasoning_tokens":3}} | 10 | 0 | 5
        {"prompt_tokens":10,"completion_tokens":5,"total_tokens":18,"completion_tokens_details":{"reasoning_tokens":3}} | 10 | 0 | 8
        {"prompt_tokens":10,"completion_tokens":5,"total_tokens":26,"prompt_tokens_details":{"cached_tokens":8},"completion_tokens_details":{"reasoning_tokens":3}} | 18 | 8 | 8
        {"prompt_tokens":10,"completion_tokens":0,"total_tokens":10}                                           | 10 | 0 | 0
        """)
    void readsWhatProvidersReport(String json, long prompt, long cached, long completion) throws Exception {
        assertThat(ReportedUsage.read(WireJson.parse(json), OFFER, 1))
                .contains(new Usage(prompt, cached, completion, 0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {}
        {"total_tokens":15}
        {"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}
        {"prompt_tokens":-10,"completion_tokens":5}
        {"prompt_tokens":10,"completion_tokens":-5}
        {"prompt_tokens":"10","completion_tokens":"5"}
        {"prompt_tokens":10,"completion_tokens":1e300}
        {"prompt_tokens":99999999999999999999999,"completion_tokens":5}
        {"prompt_tokens":300000,"completion_tokens":5}
        {"prompt_tokens":10,"completion_tokens":300000}
        """)
    void doesNotBelieveWhatCannotBe(String json) throws Exception {
        assertThat(ReportedUsage.read(WireJson.parse(json), OFFER, 1)).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"completion_tokens_details":{"reasoning_tokens":3}}  | 5 | 3
        {"prompt_tokens":10,"completion_tokens":5,"total_tokens":18,"completion_tokens_details":{"reasoning_tokens":3}}  | 8 | 3
        {"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"completion_tokens_details":{"reasoning_tokens":30}} | 5 | 5
        {"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}                                                    | 5 | 0
        """)
    void tellsReasoningApartWhereItHasAPriceOfItsOwn(String json, long completion, long reasoning) throws Exception {
        Offer grok =
                Catalogue.load(null).matching("xai/grok-3-mini").findFirst().orElseThrow();
        assertThat(ReportedUsage.read(WireJson.parse(json), grok, 1))
                .contains(new Usage(10, 0, completion, 0, reasoning, null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"prompt_tokens":10,"total_tokens":10} | 10
        {"total_tokens":10}                    | 10
        {"prompt_tokens":255000}               | 255000
        {"prompt_tokens":0,"total_tokens":0}   |
        {"prompt_tokens":600000}               |
        {}                                     |
        """)
    void readsWhatEmbeddingsReport(String json, @Nullable Long prompt) throws Exception {
        assertThat(ReportedUsage.ofEmbeddings(WireJson.parse(json), OFFER, 2))
                .isEqualTo(prompt == null ? Optional.empty() : Optional.of(Usage.ofTokens(prompt, 0)));
    }
}
