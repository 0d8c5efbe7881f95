package dev.purser.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.app.PurserApplication;
import dev.purser.edge.Gate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The server inside of the test's own process, with a route that takes its time. */
class RunningServerIT {
    private static final Path PROGRAMS = Path.of(System.getProperty("basedir", "."))
            .resolve("target/postgres-programs")
            .toAbsolutePath();

    private final HttpClient http = HttpClient.newHttpClient();

    @RestController
    @Gate(Gate.Kind.PUBLIC)
    static class Slow {
        static final CountDownLatch ENTERED = new CountDownLatch(2);
        static final CountDownLatch STOPPING = new CountDownLatch(1);

        @GetMapping("/v1/version/slow")
        String slow() throws InterruptedException {
            ENTERED.countDown();
            STOPPING.await(1, TimeUnit.MINUTES);
            TimeUnit.MILLISECONDS.sleep(300);
            return Thread.currentThread().isVirtual() ? "\"on a virtual thread\"" : "\"on a platform thread\"";
        }
    }

    @Test
    void finishesTheRequestsUnderWayOnBothPortsWhenItStops(@TempDir Path directory) throws Exception {
        ConfigurableApplicationContext context = PurserApplication.server()
                .sources(Slow.class)
                .run(
                        "--purser.data.dir=" + directory.resolve("data"),
                        "--purser.database.embedded.binaries-dir=" + PROGRAMS,
                        "--purser.api.port=0",
                        "--purser.gateway.port=0",
                        "--purser.sandbox.port=0",
                        "--purser.management.port=0");
        ListeningPorts ports = context.getBean(ListeningPorts.class);
        assertThat(ports.api()).isPositive().isNotEqualTo(ports.gateway());
        assertThat(ports.management()).isPositive();
        haveRoomForManyClients(context);

        CompletableFuture<HttpResponse<String>> api = ask(ports.api());
        CompletableFuture<HttpResponse<String>> gateway = ask(ports.gateway());
        assertThat(Slow.ENTERED.await(1, TimeUnit.MINUTES)).isTrue();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(context::close);
        Slow.STOPPING.countDown();

        assertThat(api.get(1, TimeUnit.MINUTES).body()).contains("on a virtual thread");
        assertThat(gateway.get(1, TimeUnit.MINUTES).body()).contains("on a virtual thread");
        closing.get(1, TimeUnit.MINUTES);
        assertThatThrownBy(() -> ask(ports.api()).join()).rootCause().isInstanceOf(IOException.class);
        assertThat(directory.resolve("data/postgres/cluster/postmaster.pid")).doesNotExist();
    }

    private static void haveRoomForManyClients(ConfigurableApplicationContext context) {
        TomcatWebServer server =
                (TomcatWebServer) Objects.requireNonNull(((ServletWebServerApplicationContext) context).getWebServer());
        Connector[] connectors = server.getTomcat().getService().findConnectors();
        assertThat(connectors).hasSize(2).allSatisfy(connector -> {
            AbstractProtocol<?> protocol = (AbstractProtocol<?>) connector.getProtocolHandler();
            assertThat(protocol.getMaxConnections()).isGreaterThanOrEqualTo(12_000);
            assertThat(protocol.getExecutor()).isInstanceOf(VirtualThreadExecutor.class);
            assertThat(protocol.getConnectionTimeout()).isEqualTo(20_000);
            assertThat(protocol.getAddress()).hasToString("/127.0.0.1");
        });
    }

    private CompletableFuture<HttpResponse<String>> ask(int port) {
        return http.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/version/slow"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
