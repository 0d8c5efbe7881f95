package dev.purser.edge.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/api/errors.md lists every code that the sources can answer, with its statuses. */
class ErrorCodesAreDocumentedTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path DOCS = ROOT.resolve("docs/api/errors.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_]+)` \\| ([0-9, ]+) \\| .+ \\|$");
    private static final Pattern IN_SOURCE = Pattern.compile("\\b([45][0-9]{2}),\\s*\"([a-z][a-z_]+)\"");

    private static Map<String, Set<String>> documented() throws IOException {
        Map<String, Set<String>> codes = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(DOCS));
        while (row.find()) {
            codes.put(row.group(1), new TreeSet<>(List.of(row.group(2).split(", "))));
        }
        return codes;
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            // The sandbox answers in Stripe's words, which Stripe documents.
            for (Path module : modules.filter(Files::isDirectory)
                    .filter(module -> !module.endsWith("sandbox"))
                    .toList()) {
                for (String main : List.of("src/main/java", "main/java")) {
                    Path folder = module.resolve(main);
                    if (Files.isDirectory(folder)) {
                        try (Stream<Path> files = Files.walk(folder)) {
                            files.filter(file -> file.toString().endsWith(".java"))
                                    .forEach(sources::add);
                        }
                    }
                }
            }
        }
        return sources;
    }

    @Test
    void everyCodeInTheSourcesIsListedWithItsStatus() throws IOException {
        Map<String, Set<String>> documented = documented();
        Set<String> missing = new TreeSet<>();
        int found = 0;
        for (Path source : sources()) {
            Matcher code = IN_SOURCE.matcher(Files.readString(source));
            while (code.find()) {
                found++;
                if (!documented.getOrDefault(code.group(2), Set.of()).contains(code.group(1))) {
                    missing.add(code.group(2) + " " + code.group(1) + " in " + ROOT.relativize(source));
                }
            }
        }
        assertThat(found).isGreaterThan(40);
        assertThat(missing).as("add these to " + DOCS).isEmpty();
    }

    @Test
    void everyListedCodeIsStillInTheSources() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path source : sources()) {
            all.append(Files.readString(source));
        }
        assertThat(documented().keySet()).isNotEmpty().allMatch(code -> all.indexOf("\"" + code + "\"") >= 0);
    }

    @Test
    void theListIsInAlphabeticalOrder() throws IOException {
        List<String> order = new ArrayList<>();
        Matcher row = ROW.matcher(Files.readString(DOCS));
        while (row.find()) {
            order.add(row.group(1));
        }
        assertThat(order).isSorted().doesNotHaveDuplicates();
    }
}
