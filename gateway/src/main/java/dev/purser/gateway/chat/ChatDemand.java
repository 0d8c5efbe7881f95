package dev.purser.gateway.chat;

import dev.purser.gateway.catalogue.Ability;
import dev.purser.gateway.catalogue.ModelKind;
import dev.purser.gateway.catalogue.Offer;
import dev.purser.gateway.metering.InputBound;
import dev.purser.gateway.metering.WorstCase;
import dev.purser.gateway.routing.Demand;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** What a chat needs of a model. */
final class ChatDemand implements Demand {
    private static final long USUAL_BYTES_PER_TOKEN = 4;

    private final ChatRequest request;
    private final int defaultMaxTokens;
    private final long inputBytes;

    ChatDemand(ChatRequest request, int defaultMaxTokens) {
        this.request = request;
        this.defaultMaxTokens = defaultMaxTokens;
        this.inputBytes = InputBound.bytes(request.body());
    }

    @Override
    public String model() {
        return request.model();
    }

    @Override
    public ModelKind kind() {
        return ModelKind.CHAT;
    }

    @Override
    public Set<Ability> needs() {
        return request.needs();
    }

    @Override
    public boolean fits(Offer offer) {
        return inputBytes / USUAL_BYTES_PER_TOKEN <= offer.contextWindow();
    }

    @Override
    public WorstCase roughly(Offer offer) {
        return worstCase(offer, inputBytes);
    }

    @Override
    public WorstCase worstCase(Offer offer) {
        return worstCase(offer, InputBound.of(request.body(), offer));
    }

    private WorstCase worstCase(Offer offer, long input) {
        long output = ForwardedBody.maxTokens(request, offer, defaultMaxTokens);
        return WorstCase.of(offer.tariff(), Math.min(input, offer.contextWindow()), output * request.choices());
    }

    ObjectNode forwarded(Offer offer) {
        return ForwardedBody.of(request, offer, defaultMaxTokens);
    }
}
