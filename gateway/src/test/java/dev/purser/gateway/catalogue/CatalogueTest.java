package dev.purser.gateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.domain.Ledger;
import dev.purser.domain.LedgerCommand;
import dev.purser.domain.pricing.ImageKind;
import dev.purser.domain.pricing.ImagePrice;
import dev.purser.domain.pricing.ModelPrice;
import dev.purser.domain.pricing.PriceListCommand.PublishPrices;
import dev.purser.domain.pricing.Tariff;
import dev.purser.domain.pricing.Usage;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueTest {
    private static final String MODEL =
            "{\"models\":[{\"id\":\"m\",\"provider\":\"openai\",\"context\":1000,\"maxOutput\":100,%s}]}";

    @TempDir
    private Path directory;

    private static Catalogue with(String json) {
        CatalogueReader reader = new CatalogueReader();
        reader.readBuiltIn();
        reader.read("mine.json", json.getBytes(StandardCharsets.UTF_8));
        return reader.catalogue();
    }

    @Test
    void whatComesWithTheProductIsPricedOrFreeAndNamesEachModelOnce() {
        Catalogue catalogue = Catalogue.load(null);
        assertThat(catalogue.offers()).hasSizeGreaterThan(40);
        assertThat(catalogue.offers()).extracting(Offer::name).doesNotHaveDuplicates();
        assertThat(catalogue.offers().stream().filter(Offer::free))
                .extracting(Offer::name)
                .containsExactlyInAnyOrder(
                        "builtin/free-chat", "builtin/free-echo", "builtin/free-embedding", "builtin/free-image");
        assertThat(catalogue.matching("gpt-4o-mini").toList()).singleElement().satisfies(offer -> {
            assertThat(offer.name()).isEqualTo("openai/gpt-4o-mini");
            assertThat(offer.tariff().inputPerMillion()).isEqualByComparingTo("0.15");
            assertThat(offer.tariff().cachedInputPerMillion()).isEqualByComparingTo("0.08");
            assertThat(offer.tariff().outputPerMillion()).isEqualByComparingTo("0.6");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "tariff":{"input":"-1","output":"2"}            | model openai/m: tariff.input must not be negative
        "tariff":{"input":-0.5,"output":"2"}            | model openai/m: tariff.input must not be negative
        "tariff":{"output":"2"}                         | model openai/m: tariff.input is missing
        "tariff":{"input":"1"}                          | model openai/m: tariff.output is missing
        "tariff":{"input":"1","output":null}            | model openai/m: tariff.output is missing
        "tariff":{"input":"1","output":"a lot"}         | model openai/m: tariff.output is not a plain decimal number
        "tariff":{"input":"1e3","output":"1"}           | model openai/m: tariff.input is not a plain decimal number
        "tariff":{"input":true,"output":"1"}            | model openai/m: tariff.input is not a plain decimal number
        "tariff":{"input":"1","output":"999999"}        | model openai/m: tariff.output must be at most 10000
        "tariff":{"input":"1","output":"1","perRequest":"-1"} | model openai/m: tariff.perRequest must not be negative
        "tariff":{"input":"1","output":"1","reasoning":-1} | model openai/m: tariff.reasoning must not be negative
        "tariff":{"input":"0","output":0.0}             | model openai/m: its tariff is all zeros
        "tariff":{"input":"1","output":"1","perImage":"1"} | model openai/m: tariff.perImage is not for models of this kind
        "kind":"video","free":true                      | model openai/m: kind must be chat, embedding or image
        "kind":"embedding","tariff":{}                  | model openai/m: tariff.input is missing
        "kind":"embedding","tariff":{"input":"1","output":"1"} | model openai/m: tariff.output is not for models of this kind
        "kind":"image","tariff":{"input":"1","output":"1"} | model openai/m: tariff.input is not for models of this kind
        "kind":"image","tariff":{}                      | model openai/m: its tariff must have either perImage or images
        "kind":"image","tariff":{"perImage":"0.1","images":[{"price":"1"}]} | model openai/m: its tariff must have either perImage or images
        "kind":"image","tariff":{"images":[{"size":"1x1"}]} | model openai/m: tariff.images.price is missing
        "kind":"image","tariff":{"images":[{"size":"1x1","price":"-1"}]} | model openai/m: tariff.images.price must not be negative
        "kind":"image","tariff":{"images":[{"size":"1x1","price":"1"},{"size":"1x1","price":"2"}]} | model openai/m: tariff.images names a size and quality twice
        "kind":"image","tariff":{"images":[{"size":11,"price":"1"}]} | model openai/m: tariff.images.size must match
        "free":false                                    | model openai/m: has no tariff
        "free":true,"tariff":{"input":"1","output":"1"} | model openai/m: is free and has a tariff
        "free":true,"abilities":["magic"]               | model openai/m: no such ability
        "free":true,"tokenizer":"best"                  | model openai/m: tokenizer must be one of
        """)
    void refusesAPriceThatCannotBeAndNamesTheEntry(String fields, String message) {
        assertThatThrownBy(() -> with(MODEL.formatted(fields)))
                .isInstanceOf(CatalogueRefused.class)
                .hasMessageContaining("mine.json: ")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"models":[                                                       | is not valid JSON
        {"models":[]} x                                                   | is not valid JSON
        []                                                                | must be a JSON object
        {"models":{}}                                                     | models must be a list
        {"models":[{"provider":"openai"}]}                                | a model's id must match
        {"models":[{"id":"m","provider":"nobody"}]}                       | model m: its provider is not known
        {"models":[{"id":"m","provider":"openai","maxOutput":1}]}         | context must be a number of tokens
        {"models":[{"id":"m","provider":"openai","context":9,"maxOutput":0}]} | maxOutput must be a number of tokens
        {"models":[{"id":"openai/m","provider":"groq","context":9,"maxOutput":1,"free":true}]} | begins with the name of a provider
        {"providers":[{"id":"UP"}]}                                       | a provider's id must match
        {"providers":[{"id":"p"}]}                                        | provider p: baseUrl is missing
        {"providers":[{"id":"builtin","baseUrl":"http://x"}]}             | provider builtin: takes no baseUrl
        {"providers":[{"id":"p","baseUrl":"ftp://x"}]}                    | must be http or https
        {"providers":[{"id":"p","baseUrl":"https://user:pass@x"}]}        | must be http or https
        {"providers":[{"id":"p","baseUrl":"https://x/?a=b"}]}             | must be http or https
        """)
    void refusesAFileThatCannotBe(String json, String message) {
        assertThatThrownBy(() -> with(json))
                .isInstanceOf(CatalogueRefused.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThatThrownBy(() -> Catalogue.load(directory.resolve("none.json")))
                .isInstanceOf(CatalogueRefused.class)
                .hasMessageContaining("none.json: cannot be read");
    }

    @Test
    void anEntryOfTheOperatorReplacesTheSameOneAndOthersAreAdded() throws Exception {
        Path file = Files.writeString(directory.resolve("mine.json"), """
            {"providers":[{"id":"mine","baseUrl":"https://llm.example/v1/"}],
             "models":[
               {"id":"gpt-4o-mini","provider":"openai","context":128000,"maxOutput":100,
                "tariff":{"input":0.50,"output":"1.00"}},
               {"id":"gpt-4o-mini","provider":"mine","context":1000,"maxOutput":100,"free":true},
               {"id":"org/model","provider":"mine","context":1000,"maxOutput":100,"free":true}]}
            """);
        Catalogue catalogue = Catalogue.load(file);
        assertThat(catalogue.matching("gpt-4o-mini"))
                .extracting(Offer::name)
                .containsExactly("openai/gpt-4o-mini", "mine/gpt-4o-mini");
        assertThat(catalogue.matching("openai/gpt-4o-mini"))
                .singleElement()
                .satisfies(offer -> assertThat(offer.tariff()).isEqualTo(Tariff.perMillion("0.5", "1")));
        assertThat(catalogue.matching("org/model")).extracting(Offer::name).containsExactly("mine/org/model");
        assertThat(catalogue.matching("mine/org/model")).hasSize(1);
        assertThat(catalogue.provider("mine").orElseThrow().baseUrl()).hasToString("https://llm.example/v1");
    }

    @Test
    void aRefusalNamesTheLineOnWhichTheEntryBegins() {
        assertThatThrownBy(() -> with("""
            {
              "models": [
                {"id": "good", "provider": "openai", "context": 9, "maxOutput": 1, "free": true},
                {
                  "id": "bad", "provider": "openai", "context": 9, "maxOutput": 1,
                  "tariff": {"input": "-1", "output": "1"}
                }
              ]
            }
            """)).hasMessageContaining("mine.json: line 4: model openai/bad: tariff.input");
        assertThatThrownBy(() -> with("{\n\"models\": [\n{\"id\" 1}]}")).hasMessageContaining("at line 3");
        assertThatThrownBy(() -> with("{\"models\":[],\"models\":[]}")).hasMessageContaining("models is there twice");
    }

    @Test
    void readsWhatImagesEmbeddingsAndReasoningCost() {
        Tariff images = with("""
            {"models":[{"id":"m","provider":"openai","kind":"image","tariff":{"perRequest":"0.01","images":[
             {"size":"1024x1024","quality":"high","price":0.167},{"price":"0.02"}]}}]}
            """).matching("openai/m").findFirst().orElseThrow().tariff();
        assertThat(images.images())
                .containsExactly(
                        new ImagePrice(new ImageKind("1024x1024", "high"), new BigDecimal("0.167")),
                        new ImagePrice(ImageKind.ANY, new BigDecimal("0.02")));
        assertThat(images.charge(Usage.ofImages(2, new ImageKind("1024x1024", "high"))))
                .hasToString("0.344");
        Offer embedding = with("""
            {"models":[{"id":"m","provider":"openai","kind":"embedding","context":8191,"tariff":{"input":"0.02"}}]}
            """).matching("openai/m").findFirst().orElseThrow();
        assertThat(embedding.kind()).isEqualTo(ModelKind.EMBEDDING);
        assertThat(embedding.tariff().charge(Usage.ofTokens(1_000_000, 0))).hasToString("0.02");
        Offer reasoning =
                Catalogue.load(null).matching("xai/grok-3-mini").findFirst().orElseThrow();
        assertThat(reasoning.tariff().reasoningPerMillion()).isEqualByComparingTo("0.5");
    }

    @Test
    void publishesEveryPriceInOneOrderAndNamesTheVersionAnswered() {
        Catalogue catalogue = Catalogue.load(null);
        assertThatThrownBy(catalogue::version).isInstanceOf(IllegalStateException.class);
        List<ModelPrice> published = new java.util.ArrayList<>();
        catalogue.publish(
                new Ledger() {
                    @Override
                    @SuppressWarnings("unchecked") // the only command there is here answers an Integer
                    public <R> R send(LedgerCommand<R> command, Cause cause) {
                        published.addAll(((PublishPrices) command).prices());
                        return (R) Integer.valueOf(7);
                    }

                    @Override
                    public <R> R send(LedgerCommand<R> command, Cause cause, Forget forget) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public <R> R send(LedgerCommand<R> command, Cause cause, Remember<R> remember) {
                        throw new UnsupportedOperationException();
                    }
                },
                new Ledger.Cause("system", "start"));
        assertThat(published).hasSameSizeAs(catalogue.offers());
        assertThat(published).extracting(ModelPrice::model).isSorted();
        assertThat(catalogue.find("gpt-4o")).hasValueSatisfying(priced -> {
            assertThat(priced.model()).isEqualTo("openai/gpt-4o");
            assertThat(priced.version()).isEqualTo(7);
        });
        assertThat(catalogue.find("no-such-model")).isEmpty();
        assertThat(catalogue.find("groq/gpt-4o")).isEmpty();
    }

    @Test
    void keepsPricesInTheOneFormThatSurvivesJson() {
        Offer offer = with(MODEL.formatted("\"tariff\":{\"input\":\"10.500\",\"output\":20.0}"))
                .matching("openai/m")
                .findFirst()
                .orElseThrow();
        assertThat(offer.tariff()).isEqualTo(Tariff.perMillion("10.5", "20"));
    }
}
