package dev.purser.gateway;

import dev.purser.domain.Ledger;
import dev.purser.domain.pricing.PriceBook;
import dev.purser.gateway.catalogue.CatalogueController;
import dev.purser.gateway.catalogue.CatalogueRefused;
import dev.purser.gateway.catalogue.CatalogueWatch;
import dev.purser.gateway.catalogue.LiveCatalogue;
import dev.purser.gateway.catalogue.Offers;
import dev.purser.gateway.chat.ChatController;
import dev.purser.gateway.chat.RelayTimes;
import dev.purser.gateway.embeddings.EmbeddingController;
import dev.purser.gateway.images.ImageController;
import dev.purser.gateway.models.ModelsController;
import dev.purser.gateway.routing.Intake;
import dev.purser.gateway.routing.MeteredCalls;
import dev.purser.gateway.settlement.OpenCalls;
import dev.purser.gateway.upstream.BuiltinUpstream;
import dev.purser.gateway.upstream.HttpUpstream;
import dev.purser.gateway.upstream.Upstreams;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The whole gateway, put together. {@link #start} before the first call; {@link #close} lets calls finish, so it belongs
 * before the ledger stops and, so that they can, while the server still serves.
 */
public final class Gateway implements AutoCloseable {
    private final Ledger ledger;
    private final LiveCatalogue live;
    private final Duration catalogueCheck;
    private final HttpUpstream http;
    private final OpenCalls calls;
    private final Controllers controllers;
    private volatile @Nullable CatalogueWatch watch;

    /** What serves the routes. */
    public record Controllers(
            ChatController chat,
            EmbeddingController embeddings,
            ImageController images,
            ModelsController models,
            CatalogueController catalogue) {
        public List<Object> all() {
            return List.of(chat, embeddings, images, models, catalogue);
        }
    }

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
        this.catalogueCheck = properties.catalogueCheck();
        this.live = new LiveCatalogue(
                properties.catalogueFile(),
                catalogue -> new Offers(catalogue, properties.providers(), environment, properties.sandboxMoney()));
        this.http = new HttpUpstream(
                provider -> live.current().offers().apiKey(provider), properties.timeouts(), properties.sandboxMoney());
        this.calls = new OpenCalls(ledger, firstRequests, clock, properties.holds());
        Upstreams upstreams = new Upstreams(new BuiltinUpstream(clock, properties.builtinTokenDelay()), http);
        RelayTimes times = new RelayTimes(
                properties.timeouts().firstByte(), properties.timeouts().idle(), properties.drain());
        Intake intake = new Intake();
        MeteredCalls metered = new MeteredCalls(live, calls, properties.retries());
        this.controllers = new Controllers(
                new ChatController(intake, metered, upstreams, clock, times),
                new EmbeddingController(intake, metered, upstreams),
                new ImageController(intake, metered, upstreams, clock),
                new ModelsController(live, clock),
                new CatalogueController(live, ledger));
    }

    /** Puts the prices on record, and from now on those of a changed file. */
    public void start(Ledger.Cause cause) {
        live.publish(ledger, cause);
        if (watch != null) {
            return;
        }
        live.operatorFile()
                .ifPresent(file -> watch = new CatalogueWatch(file, catalogueCheck, () -> live.reload(ledger, cause)));
    }

    /** The prices in force, for whoever bills usage that was metered elsewhere. */
    public PriceBook prices() {
        return live;
    }

    public Controllers controllers() {
        return controllers;
    }

    /** How many calls are under way on this node. */
    public int openCalls() {
        return calls.size();
    }

    @Override
    public void close() {
        CatalogueWatch watching = watch;
        if (watching != null) {
            watching.close();
        }
        calls.close();
        http.close();
    }
}
