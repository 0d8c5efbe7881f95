package dev.purser.gateway;

import dev.purser.domain.Ledger;
import dev.purser.gateway.catalogue.Catalogue;
import dev.purser.gateway.catalogue.CatalogueRefused;
import dev.purser.gateway.catalogue.Offers;
import dev.purser.gateway.chat.ChatController;
import dev.purser.gateway.chat.RelayTimes;
import dev.purser.gateway.models.ModelsController;
import dev.purser.gateway.settlement.OpenCalls;
import dev.purser.gateway.upstream.BuiltinUpstream;
import dev.purser.gateway.upstream.HttpUpstream;
import dev.purser.gateway.upstream.Upstreams;
import java.time.Clock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The whole gateway, put together. {@link #start} before the first call; {@link #close} lets calls finish, so it belongs
 * before the ledger stops and, so that they can, while the server still serves.
 */
public final class Gateway implements AutoCloseable {
    private final Ledger ledger;
    private final Catalogue catalogue;
    private final Offers offers;
    private final HttpUpstream http;
    private final OpenCalls calls;
    private final ChatController chat;
    private final ModelsController models;

    /**
     * @param environment the value of an environment variable, null where it is not set
     * @throws CatalogueRefused for a catalogue or provider settings that cannot be
     */
    public Gateway(
            GatewayProperties properties,
            UnaryOperator<@Nullable String> environment,
            Ledger ledger,
            FirstRequests firstRequests,
            Clock clock) {
        this.ledger = ledger;
        this.catalogue = Catalogue.load(properties.catalogueFile());
        this.offers = new Offers(catalogue, properties.providers(), environment, properties.sandboxMoney());
        this.http = new HttpUpstream(offers, properties.timeouts(), properties.sandboxMoney());
        this.calls = new OpenCalls(ledger, firstRequests, clock, properties.holds());
        Upstreams upstreams = new Upstreams(new BuiltinUpstream(clock, properties.builtinTokenDelay()), http);
        RelayTimes times = new RelayTimes(
                properties.timeouts().firstByte(), properties.timeouts().idle(), properties.drain());
        this.chat = new ChatController(catalogue, offers, calls, upstreams, clock, times);
        this.models = new ModelsController(offers, clock);
    }

    /** Puts the prices on record. */
    public void start(Ledger.Cause cause) {
        catalogue.publish(ledger, cause);
    }

    /** The prices in force, for whoever bills usage that was metered elsewhere. */
    public Catalogue catalogue() {
        return catalogue;
    }

    public Offers offers() {
        return offers;
    }

    public ChatController chatController() {
        return chat;
    }

    public ModelsController modelsController() {
        return models;
    }

    /** How many calls are under way on this node. */
    public int openCalls() {
        return calls.size();
    }

    @Override
    public void close() {
        calls.close();
        http.close();
    }
}
