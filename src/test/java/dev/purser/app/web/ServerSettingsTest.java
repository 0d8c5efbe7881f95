package dev.purser.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.app.storage.StartRefused;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

class ServerSettingsTest {

    @Test
    void severalNodesNeedADatabaseThatTheyShare() {
        assertThatThrownBy(() -> initialize(Map.of("purser.node.address", "10.0.0.7:4005")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("the embedded database belongs to one node alone");
    }

    @Test
    void anAddressThatOthersCannotUseIsRefused() {
        for (String address : new String[] {"10.0.0.7", "http://a:1", "a:b", ":4005", "a b:1"}) {
            assertThatThrownBy(() -> initialize(
                            Map.of("purser.node.address", address, "spring.datasource.url", "jdbc:postgresql:x")))
                    .as(address)
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("PURSER_NODE_ADDRESS must be host:port")
                    .hasMessageContaining(address);
        }
    }

    @Test
    void playMoneyIsNotSharedBetweenNodes() {
        assertThatThrownBy(() -> initialize(Map.of(
                        "purser.node.address", "10.0.0.7:4005",
                        "spring.datasource.url", "jdbc:postgresql:x",
                        "purser.payments", "sandbox")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("play money on one node alone");
    }

    @Test
    void tellsSpringBootThePorts() {
        GenericApplicationContext context = initialize(
                Map.of("purser.node.address", "node-1.internal:4005", "spring.datasource.url", "jdbc:postgresql:x"));

        assertThat(context.getEnvironment().getProperty("server.address")).isEqualTo("127.0.0.1");
        assertThat(context.getEnvironment().getProperty("server.port")).isEqualTo("0");
    }

    private static GenericApplicationContext initialize(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "purser.api.port", "0",
                "purser.gateway.port", "0",
                "purser.sandbox.port", "0",
                "purser.management.port", "0",
                "purser.node.port", "0"));
        all.putAll(settings);
        GenericApplicationContext context = new GenericApplicationContext();
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", all));
        new ServerSettings().initialize(context);
        return context;
    }
}
