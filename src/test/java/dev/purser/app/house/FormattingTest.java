package dev.purser.app.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Runs here and not as a Maven plugin, because the formatter needs the Java that it formats and Maven may run on an older
 * one. With {@code -Dpurser.format=apply} it rewrites the files instead of listing them.
 */
class FormattingTest {
    private static final String APPLY = "./mvnw -q -pl src test -Dtest=FormattingTest -Dpurser.format=apply";

    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    @Test
    void everySourceFileIsFormatted() {
        boolean apply = "apply".equals(System.getProperty("purser.format"));

        List<String> problems = Repository.javaFiles().parallelStream()
                .flatMap(file -> problem(file, apply).stream())
                .toList();

        assertThat(problems).as("this formats the files: " + APPLY).isEmpty();
    }

    @Test
    void theFormatterChangesWhatIsNotInItsStyle() throws FormatterException {
        assertThat(formatter.formatSourceAndFixImports("class A{int a;}")).isEqualTo("class A {\n    int a;\n}\n");
    }

    private Optional<String> problem(Path file, boolean apply) {
        String source = Repository.read(file);
        Path name = Repository.root().relativize(file);
        try {
            String formatted = formatter.formatSourceAndFixImports(source);
            if (source.equals(formatted)) {
                return Optional.empty();
            }
            if (apply) {
                Files.writeString(file, formatted);
                return Optional.empty();
            }
            return Optional.of(name + " is not formatted");
        } catch (FormatterException e) {
            return Optional.of(name + " cannot be formatted: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
