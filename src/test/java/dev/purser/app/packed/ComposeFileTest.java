package dev.purser.app.packed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** docker-compose.yml and what it names; no Docker needed. */
class ComposeFileTest {
    private static final Path ROOT = Path.of(System.getProperty("basedir", "."))
            .toAbsolutePath()
            .normalize()
            .resolve("..")
            .normalize();
    private static final Pattern REQUIRED = Pattern.compile("\\$\\{([A-Z_]+):\\?[^}]+}");

    @Test
    void runsPurserBesideAPostgresqlThatIsHealthyFirst() throws Exception {
        JsonNode services = services();

        assertThat(services.propertyNames()).containsExactlyInAnyOrder("postgres", "purser", "purser-2", "proxy");
        assertThat(services.at("/postgres/image").asString()).isEqualTo("postgres:18");
        assertThat(services.at("/postgres/healthcheck/test").isMissingNode()).isFalse();
        assertThat(services.at("/purser/depends_on/postgres/condition").asString())
                .isEqualTo("service_healthy");
        assertThat(services.at("/purser/ports").values())
                .isNotEmpty()
                .allSatisfy(port -> assertThat(port.asString()).startsWith("127.0.0.1:"));
    }

    @Test
    void aProfileAddsASecondNodeAndAProxyThatReachesBothAndHoldsBackNoStream() throws Exception {
        JsonNode services = services();
        String proxy = read("docker/nginx.conf");

        for (String added : List.of("purser-2", "proxy")) {
            assertThat(services.at("/" + added + "/profiles/0").asString()).isEqualTo("cluster");
        }
        for (String node : List.of("purser", "purser-2")) {
            assertThat(services.at("/" + node + "/environment/PURSER_NODE_ADDRESS")
                            .asString())
                    .isEqualTo(node + ":4005");
            assertThat(proxy).contains("server " + node + ":4002 ", "server " + node + ":4001 ");
        }
        assertThat(services.at("/purser-2/environment/SPRING_DATASOURCE_URL"))
                .isEqualTo(services.at("/purser/environment/SPRING_DATASOURCE_URL"));
        assertThat(services.at("/purser/ports").toString()).doesNotContain("4005");
        assertThat(proxy)
                .contains("proxy_buffering off;", "proxy_request_buffering off;")
                .doesNotContain("4005");
    }

    @Test
    void demandsEverySecretAndTheExampleNamesThemAll() throws Exception {
        List<String> required = REQUIRED.matcher(read("docker-compose.yml"))
                .results()
                .map(result -> result.group(1))
                .distinct()
                .toList();

        assertThat(required)
                .contains("POSTGRES_PASSWORD", "PURSER_FINGERPRINT_KEYS", "PURSER_ENCRYPTION_KEYS", "PURSER_PAYMENTS");
        assertThat(read("docker/env.example").lines().map(line -> line.replaceAll("=.*", "")))
                .containsAll(required);
    }

    @Test
    void theFilesItMountsAndCopiesAreThereAndCanBeRun() {
        for (String script : List.of("docker/entrypoint.sh", "docker/healthcheck.sh", "docker/init-roles.sh")) {
            assertThat(ROOT.resolve(script)).isExecutable();
        }
        assertThat(ROOT.resolve("docker/Dockerfile")).isRegularFile();
    }

    private static JsonNode services() throws Exception {
        return new JsonMapper()
                .valueToTree(new Yaml().<Object>load(read("docker-compose.yml")))
                .at("/services");
    }

    private static String read(String file) throws Exception {
        return Files.readString(ROOT.resolve(file));
    }
}
