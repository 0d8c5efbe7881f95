package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.sandbox.payment.TestCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/sandbox.md says what is so. */
class DocumentationTest {
    private static final Path PAGE =
            Path.of(System.getProperty("basedir", ".")).resolveSibling("docs").resolve("sandbox.md");
    private static final Pattern ROUTE = Pattern.compile("`((?:GET|POST|DELETE|, )+) (/sandbox/[^` ]*)`");
    private static final Pattern TYPE = Pattern.compile("`([a-z_.]*)`");

    private final String page = read();

    private static String read() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyCardIsThere() {
        assertThat(Stream.of(TestCard.values()).filter(card -> card != TestCard.UNKNOWN))
                .allSatisfy(card -> assertThat(page).contains(card.number()));
        assertThat(page.split("pm_card_", -1).length - 1).isGreaterThanOrEqualTo(19);
        assertThat(Pattern.compile("pm_card_\\w+(?=`)").matcher(page).results().map(MatchResult::group))
                .allSatisfy(
                        id -> assertThat(Stream.of(TestCard.values()).flatMap(card -> card.paymentMethods().stream()))
                                .contains(id));
    }

    @Test
    void everyRouteOfTheSandboxItselfThatIsThereAnswers() throws Exception {
        List<MatchResult> routes = ROUTE.matcher(page).results().toList();
        assertThat(routes).hasSize(17);
        try (Fixture fixture = Fixture.started()) {
            for (MatchResult route : routes) {
                for (String method : List.of(route.group(1).replace("`", "").split(", ", -1))) {
                    String path = route.group(2).replace("{id}", "x");
                    assertThat(fixture.call(Fixture.TEST.secretKey(), method, path, null)
                                    .body())
                            .as("%s %s", method, path)
                            .doesNotContain("Unrecognized request URL");
                }
            }
        }
    }

    @Test
    void everyTypeOfEventIsThere() throws IOException {
        String events = page.substring(page.indexOf("Types: "), page.indexOf("## Making things happen"));
        List<String> parts =
                TYPE.matcher(events).results().map(match -> match.group(1)).toList();
        List<String> sources;
        try (Stream<Path> files =
                Files.walk(Path.of(System.getProperty("basedir", ".")).resolve("src/main/java"))) {
            sources = files.filter(Files::isRegularFile)
                    .map(DocumentationTest::text)
                    .toList();
        }
        assertThat(sources.stream()
                        .flatMap(source -> Pattern.compile("emit\\(\\s*\"([a-z_.]+)\"")
                                .matcher(source)
                                .results())
                        .map(match -> match.group(1)))
                .hasSizeGreaterThan(20)
                .allSatisfy(type -> assertThat(parts)
                        .anyMatch(part -> part.equals(type) || (part.startsWith(".") && type.endsWith(part))));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
