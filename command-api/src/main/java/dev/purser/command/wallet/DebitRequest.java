package dev.purser.command.wallet;

import dev.purser.domain.Money;
import dev.purser.domain.pricing.PriceBook;
import dev.purser.domain.pricing.PriceBook.Priced;
import dev.purser.domain.pricing.Usage;
import dev.purser.domain.wallet.Metering;
import dev.purser.domain.wallet.UsageSource;
import dev.purser.edge.Problem;
import dev.purser.edge.json.Fields;
import org.jspecify.annotations.Nullable;

/** What a backend debits: an amount of its own, or usage that the price list turns into one. */
record DebitRequest(
        Money cost,
        @Nullable Metering metering,
        @Nullable String description,
        @Nullable String metadata) {
    private static final int MAX_DESCRIPTION = 500;
    private static final int MAX_METADATA_BYTES = 4_096;
    private static final int MAX_MODEL = 255;

    static DebitRequest of(Fields fields, PriceBook prices) {
        String description = fields.optionalText("description", 0, MAX_DESCRIPTION);
        String metadata = fields.optionalJson("metadata", MAX_METADATA_BYTES);
        Fields usage = fields.optionalObject("usage");
        if (usage == null) {
            Money amount = fields.isPresent("amount") ? fields.amount("amount", Fields.MAX_AMOUNT) : Money.ZERO;
            if (!fields.isPresent("amount")) {
                fields.refuse("amount", "is required, or usage in its place");
            }
            fields.verify();
            return new DebitRequest(amount, null, description, metadata);
        }
        if (fields.isPresent("amount")) {
            fields.refuse("amount", "must not be given together with usage");
        }
        String model = usage.text("model", 1, MAX_MODEL);
        long promptTokens = usage.integer("promptTokens", 0, Usage.MAX_TOKENS);
        long completionTokens = usage.integer("completionTokens", 0, Usage.MAX_TOKENS);
        Long cachedTokens = usage.optionalInteger("cachedPromptTokens", 0, Usage.MAX_TOKENS);
        if (cachedTokens != null && cachedTokens > promptTokens) {
            usage.refuse("cachedPromptTokens", "must not be above promptTokens");
        }
        fields.verify();
        Usage used = new Usage(promptTokens, cachedTokens == null ? 0 : cachedTokens, completionTokens, 0);
        Priced priced = prices.find(model)
                .orElseThrow(() -> Problem.invalid("usage.model", "must be a model of the catalogue"));
        return new DebitRequest(
                charge(priced, used),
                new Metering(priced.model(), null, used, UsageSource.REPORTED, priced.version(), null),
                description,
                metadata);
    }

    private static Money charge(Priced priced, Usage used) {
        try {
            Money cost = priced.tariff().charge(used);
            if (!cost.exceeds(Fields.MAX_AMOUNT)) {
                return cost;
            }
        } catch (ArithmeticException e) {
            throw tooMuch();
        }
        throw tooMuch();
    }

    private static Problem tooMuch() {
        return Problem.invalid("usage", "must cost at most " + Fields.MAX_AMOUNT);
    }
}
