package dev.purser.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.app.node.NodeProperties;
import dev.purser.app.storage.StartRefused;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void namesThePortThatIsTakenAndItsVariable() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Ports.refuseIfUnusable(network(0, taken.getLocalPort()), false))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " (PURSER_GATEWAY_PORT)");
        }
    }

    @Test
    void refusesOnePortForTwoPurposes() {
        assertThatThrownBy(() -> Ports.refuseIfUnusable(network(4999, 4999), false))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("Two ports are the same");
    }

    @Test
    void theSandboxHasAPortOnlyWhereItIsPlayed() {
        assertThat(Ports.of(network(0, 0), true))
                .extracting(Ports.Named::purpose)
                .contains("sandbox");
        assertThat(Ports.of(network(0, 0), false))
                .extracting(Ports.Named::purpose)
                .doesNotContain("sandbox");
    }

    @Test
    void portsThatAreTakenAsTheyComeAreNeverTheSame() {
        assertThatCode(() -> Ports.refuseIfUnusable(network(0, 0), true)).doesNotThrowAnyException();
    }

    @Test
    void anAddressThatMeansEveryInterfaceIsReachedByName() {
        assertThat(Ports.reachableHost("0.0.0.0")).isEqualTo("localhost");
        assertThat(Ports.reachableHost("::1")).isEqualTo("[::1]");
        assertThat(Ports.reachableHost("10.1.2.3")).isEqualTo("10.1.2.3");
    }

    private static NetworkProperties network(int api, int gateway) {
        return new NetworkProperties(
                new NetworkProperties.Bind("127.0.0.1"),
                new NetworkProperties.Api(api),
                new NetworkProperties.Gateway(gateway),
                new NetworkProperties.Sandbox(0),
                new NetworkProperties.Management(0, "127.0.0.1"),
                new NodeProperties(null, 0, new NodeProperties.Bind("127.0.0.1"), Duration.ofSeconds(5)));
    }
}
