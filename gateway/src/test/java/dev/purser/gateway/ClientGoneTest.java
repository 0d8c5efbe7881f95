package dev.purser.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.purser.domain.Money;
import dev.purser.domain.pricing.Usage;
import dev.purser.domain.wallet.Metering;
import dev.purser.domain.wallet.UsageSource;
import dev.purser.domain.wallet.WalletEvent.UsageDebited;
import dev.purser.gateway.settlement.HoldSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A client that hangs up is billed for what was used. */
class ClientGoneTest {
    private final GatewayServer server = GatewayServer.shared();

    /** Reads the first frame and is gone. */
    private static void readOneFrameAndHangUp(GatewayServer server, GatewayServer.Client client) throws IOException {
        byte[] body = GatewayServer.body("local/priced", ",\"stream\":true").getBytes(StandardCharsets.UTF_8);
        List<String> head = List.of(
                "POST /v1/chat/completions HTTP/1.1",
                "Host: localhost",
                "Authorization: Bearer " + client.token,
                "Content-Type: application/json",
                "Content-Length: " + body.length,
                "",
                "");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write(String.join("\r\n", head).getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(body);
            InputStream in = socket.getInputStream();
            StringBuilder read = new StringBuilder();
            while (read.indexOf("data: {") < 0) {
                int c = in.read();
                assertThat(c).as("%s", read).isNotNegative();
                read.append((char) c);
            }
        }
    }

    private static Metering billed(GatewayServer server, GatewayServer.Client client) {
        await().atMost(Duration.ofSeconds(15))
                .until(() ->
                        server.ledger.events(client.wallet, UsageDebited.class).size() == 1);
        assertThat(client.held()).isEqualTo(Money.ZERO);
        return client.billed();
    }

    @Test
    void drainingReadsOnToTheProvidersOwnFigures() throws Exception {
        var client = server.session().open();
        CountDownLatch hungUp = new CountDownLatch(1);
        server.upstream.plays(exchange -> {
            exchange.begin().send(ScriptedUpstream.frame(ScriptedUpstream.delta("word")));
            assertThat(hungUp.await(20, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < 5; i++) {
                exchange.send(ScriptedUpstream.frame(ScriptedUpstream.delta("word")))
                        .pause(50);
            }
            exchange.send(ScriptedUpstream.frame(ScriptedUpstream.finish())
                            + ScriptedUpstream.frame(ScriptedUpstream.usage(42, 77))
                            + "data: [DONE]\n\n")
                    .end();
        });

        readOneFrameAndHangUp(server, client);
        hungUp.countDown();

        Metering metering = billed(server, client);
        assertThat(metering.source()).isEqualTo(UsageSource.DRAINED);
        assertThat(metering.usage()).isEqualTo(Usage.ofTokens(42, 77));
    }

    @Test
    void drainingEndsInBoundedTimeWithAnEstimate() throws Exception {
        HoldSettings holds = new HoldSettings(Duration.ofMinutes(10), Duration.ofSeconds(30), 9, Duration.ofMillis(9));
        try (GatewayServer own = new GatewayServer(Duration.ofSeconds(30), Duration.ofSeconds(1), holds)) {
            drainsInBoundedTime(own);
        }
    }

    private static void drainsInBoundedTime(GatewayServer server) throws Exception {
        var client = server.session().open();
        server.upstream.plays(exchange -> {
            exchange.begin();
            for (int i = 0; i < 900; i++) {
                exchange.send(ScriptedUpstream.frame(ScriptedUpstream.delta("word")))
                        .pause(20);
            }
        });

        readOneFrameAndHangUp(server, client);

        Metering metering = billed(server, client);
        assertThat(metering.source()).isEqualTo(UsageSource.ESTIMATED);
        assertThat(metering.usage().completionTokens()).isBetween(8L, 1_000L);
    }

    @Test
    void cancellingStopsTheProviderAndBillsAnEstimate() throws Exception {
        var client = server.session().cancels().open();
        CountDownLatch stopped = new CountDownLatch(1);
        server.upstream.plays(exchange -> {
            exchange.begin();
            try {
                for (int i = 0; i < 400; i++) {
                    exchange.send(ScriptedUpstream.frame(ScriptedUpstream.delta("word")))
                            .pause(20);
                }
            } catch (IOException e) {
                stopped.countDown();
            }
        });

        readOneFrameAndHangUp(server, client);

        Metering metering = billed(server, client);
        assertThat(metering.source()).isEqualTo(UsageSource.ESTIMATED);
        assertThat(metering.usage().completionTokens()).isBetween(4L, 400L);
        assertThat(stopped.await(15, TimeUnit.SECONDS)).isTrue();
    }
}
