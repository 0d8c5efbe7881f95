package dev.purser.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.purser.gateway.catalogue.Catalogue;
import dev.purser.gateway.catalogue.Offer;
import dev.purser.gateway.catalogue.Offers;
import dev.purser.gateway.catalogue.ProviderSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class HttpUpstreamTest {
    private static UpstreamRequest request(Offers offers) {
        Offer offer = offers.find("openai/gpt-4o").getFirst();
        return new UpstreamRequest(offer, JsonNodeFactory.instance.objectNode(), "req1", new CallControl());
    }

    private static Offers offersAt(String baseUrl) {
        return new Offers(
                Catalogue.load(null),
                Map.of("openai", new ProviderSettings(baseUrl, "key-of-openai")),
                _ -> null,
                false);
    }

    @Test
    void withPlayMoneyNothingIsSentToAnAddressBeyondThisMachineWhateverTheOffersSay() {
        Offers offers = offersAt("http://203.0.113.7:1/v1");
        try (HttpUpstream upstream = new HttpUpstream(offers::apiKey, UpstreamTimeouts.DEFAULTS, true)) {
            assertThatExceptionOfType(UpstreamFailure.class)
                    .isThrownBy(() -> upstream.complete(request(offers)))
                    .withMessageContaining("loopback");
        }
    }

    @Test
    void withPlayMoneyTheConnectionGoesToTheAddressThatWasJudgedNotToTheName() throws Exception {
        AtomicReference<String> host = new AtomicReference<>("");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            host.set(exchange.getRequestHeaders().getFirst("Host"));
            byte[] body = "{\"choices\":[]}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        int port = server.getAddress().getPort();
        Offers offers = offersAt("http://localhost:" + port + "/v1");
        try (HttpUpstream pinned = new HttpUpstream(offers::apiKey, UpstreamTimeouts.DEFAULTS, true);
                HttpUpstream open = new HttpUpstream(offers::apiKey, UpstreamTimeouts.DEFAULTS, false)) {
            pinned.complete(request(offers));
            assertThat(host.get()).isEqualTo("127.0.0.1:" + port);
            open.complete(request(offers));
            assertThat(host.get()).isEqualTo("localhost:" + port);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aStreamReadToItsEndLeavesTheConnectionForTheNext() throws Exception {
        Set<Integer> ports = ConcurrentHashMap.newKeySet();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            ports.add(exchange.getRemoteAddress().getPort());
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("data: {}\n\ndata: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        Offers offers = offersAt("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
        try (HttpUpstream upstream = new HttpUpstream(offers::apiKey, UpstreamTimeouts.DEFAULTS, true)) {
            for (int i = 0; i < 5; i++) {
                try (UpstreamStream stream = upstream.stream(request(offers))) {
                    assertThat(stream.next(Duration.ofSeconds(20))).isEqualTo("{}");
                    assertThat(stream.next(Duration.ofSeconds(20))).isEqualTo(UpstreamStream.DONE);
                }
            }
        } finally {
            server.stop(0);
        }
        assertThat(ports.size()).isLessThan(5);
    }

    @Test
    void aCallThatWasStoppedBeforeItWentOutDoesNotGoOut() {
        Offers offers = offersAt("http://127.0.0.1:1/v1");
        UpstreamRequest request = request(offers);
        request.control().cancel();
        try (HttpUpstream upstream = new HttpUpstream(offers::apiKey, UpstreamTimeouts.DEFAULTS, false)) {
            assertThatExceptionOfType(UpstreamFailure.class).isThrownBy(() -> upstream.complete(request));
        }
    }
}
