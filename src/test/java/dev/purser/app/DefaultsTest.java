package dev.purser.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.app.database.DatabaseProperties;
import dev.purser.app.database.ExternalDatabaseProperties;
import dev.purser.app.installation.PaymentMode;
import dev.purser.app.installation.PaymentProperties;
import dev.purser.app.node.NodeProperties;
import dev.purser.app.secret.SecretProperties;
import dev.purser.app.storage.StorageProperties;
import dev.purser.app.web.NetworkProperties;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Every default in one place, and the environment variables that change it. */
class DefaultsTest {

    @EnableConfigurationProperties(NetworkProperties.class)
    static class Network {}

    @Test
    void listensOnLoopbackWithTheDocumentedPorts() {
        assertThat(bind(Map.of(), "purser", NetworkProperties.class))
                .isEqualTo(new NetworkProperties(
                        new NetworkProperties.Bind("127.0.0.1"),
                        new NetworkProperties.Api(4002),
                        new NetworkProperties.Gateway(4001),
                        new NetworkProperties.Sandbox(4003),
                        new NetworkProperties.Management(4004, "127.0.0.1"),
                        new NodeProperties(null, 4005, new NodeProperties.Bind("127.0.0.1"), Duration.ofSeconds(5))));
    }

    @Test
    void takesAddressAndPortsFromTheEnvironment() {
        Map<String, Object> environment = Map.of(
                "PURSER_BIND_ADDRESS", "0.0.0.0",
                "PURSER_API_PORT", "1",
                "PURSER_GATEWAY_PORT", "2",
                "PURSER_SANDBOX_PORT", "3",
                "PURSER_MANAGEMENT_PORT", "4",
                "PURSER_MANAGEMENT_ADDRESS", "0.0.0.0",
                "PURSER_NODE_ADDRESS", "10.0.0.7:4005",
                "PURSER_NODE_PORT", "5",
                "PURSER_NODE_BIND_ADDRESS", "10.0.0.7",
                "PURSER_NODE_LEADWAIT", "9s");

        assertThat(bind(environment, "purser", NetworkProperties.class))
                .isEqualTo(new NetworkProperties(
                        new NetworkProperties.Bind("0.0.0.0"),
                        new NetworkProperties.Api(1),
                        new NetworkProperties.Gateway(2),
                        new NetworkProperties.Sandbox(3),
                        new NetworkProperties.Management(4, "0.0.0.0"),
                        new NodeProperties(
                                "10.0.0.7:4005", 5, new NodeProperties.Bind("10.0.0.7"), Duration.ofSeconds(9))));
    }

    @Test
    void refusesAPortThatIsNone() {
        assertThatThrownBy(() -> new SpringApplicationBuilder(Network.class)
                        .web(WebApplicationType.NONE)
                        .run("--purser.api.port=70000"))
                .rootCause()
                .hasMessageContaining("api.port")
                .hasMessageContaining("70000");
    }

    @Test
    void keepsItsDataBesideTheWorkingDirectory() {
        assertThat(bind(Map.of(), "purser.data", StorageProperties.class).dir()).isEqualTo(Path.of("data"));
        assertThat(bind(Map.of("PURSER_DATA_DIR", "/var/lib/purser"), "purser.data", StorageProperties.class)
                        .dir())
                .isEqualTo(Path.of("/var/lib/purser"));
    }

    @Test
    void usesTheEmbeddedDatabaseWithASmallPool() {
        assertThat(bind(Map.of(), "spring.datasource", ExternalDatabaseProperties.class)
                        .isAbsent())
                .isTrue();
        assertThat(bind(Map.of(), "purser.database", DatabaseProperties.class))
                .isEqualTo(new DatabaseProperties(
                        new DatabaseProperties.Owner(null, null),
                        new DatabaseProperties.Embedded(0, null),
                        new DatabaseProperties.Pool(16, Duration.ofSeconds(20), Duration.ofMinutes(1))));
    }

    @Test
    void takesADatabaseWithTwoRolesFromTheEnvironment() {
        Map<String, Object> environment = Map.of(
                "SPRING_DATASOURCE_URL", "jdbc:postgresql://db/purser",
                "SPRING_DATASOURCE_USERNAME", "app",
                "SPRING_DATASOURCE_PASSWORD", "a",
                "PURSER_DATABASE_OWNER_USERNAME", "owner",
                "PURSER_DATABASE_OWNER_PASSWORD", "o",
                "PURSER_DATABASE_POOL_MAXIMUMSIZE", "40");
        DatabaseProperties properties = bind(environment, "purser.database", DatabaseProperties.class);
        ExternalDatabaseProperties external = bind(environment, "spring.datasource", ExternalDatabaseProperties.class);

        assertThat(properties.pool().maximumSize()).isEqualTo(40);
        assertThat(external.access(properties.owner()).owner().username()).isEqualTo("owner");
        assertThat(external.access(properties.owner()).application().username()).isEqualTo("app");
        assertThat(external.access(properties.owner()).toString()).doesNotContain("password", "a, o");
    }

    @Test
    void hasNoKeysAndNoPaymentModeUnlessTold() {
        Map<String, Object> environment = Map.of(
                "PURSER_PAYMENTS", "none", "PURSER_FINGERPRINT_KEYS", "new,old", "PURSER_ENCRYPTION_KEYS", "only");

        assertThat(bind(Map.of(), "purser", PaymentProperties.class).payments()).isNull();
        assertThat(bind(environment, "purser", PaymentProperties.class).payments())
                .isEqualTo(PaymentMode.NONE);
        assertThat(bind(Map.of(), "purser", SecretProperties.class)
                        .fingerprint()
                        .keys())
                .isEmpty();
        assertThat(bind(environment, "purser", SecretProperties.class)
                        .fingerprint()
                        .keys())
                .isEqualTo(List.of("new", "old"));
        assertThat(bind(environment, "purser", SecretProperties.class)
                        .encryption()
                        .keys())
                .isEqualTo(List.of("only"));
    }

    private static <T> T bind(Map<String, Object> variables, String prefix, Class<T> type) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .forEach(source -> environment.getPropertySources().remove(source.getName()));
        environment.getPropertySources().addFirst(new SystemEnvironmentPropertySource("systemEnvironment", variables));
        ConfigurationPropertySources.attach(environment);
        return Binder.get(environment).bindOrCreate(prefix, type);
    }
}
