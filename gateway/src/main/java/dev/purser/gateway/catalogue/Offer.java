package dev.purser.gateway.catalogue;

import dev.purser.domain.pricing.Tariff;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One model at one provider. The same model at another provider is another offer, with its own price.
 *
 * @param upstreamId the provider's own name of the model
 * @param contextWindow tokens: of a chat, input and output together; of an embedding, one input; 0 for images
 * @param maxOutput tokens; 0 where there are none
 * @param tokenizer the encoding that counts this model's tokens; null where it is not known
 */
public record Offer(
        Provider provider,
        String model,
        String upstreamId,
        ModelKind kind,
        int contextWindow,
        int maxOutput,
        @Nullable String tokenizer,
        Set<Ability> abilities,
        Tariff tariff) {
    public Offer {
        abilities = Set.copyOf(abilities);
    }

    /** The catalogue's own name: what bills, answers and the list of models say, and what a request may ask for. */
    public String name() {
        return provider.id() + "/" + model;
    }

    public boolean free() {
        return tariff.isFree();
    }

    public boolean builtin() {
        return provider.builtin();
    }

    Offer at(Provider other) {
        return new Offer(other, model, upstreamId, kind, contextWindow, maxOutput, tokenizer, abilities, tariff);
    }
}
