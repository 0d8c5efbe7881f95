package dev.purser.app.cli;

import dev.purser.gateway.catalogue.Catalogue;
import dev.purser.gateway.catalogue.CatalogueRefused;
import dev.purser.gateway.catalogue.PriceFileImport;
import dev.purser.gateway.catalogue.PriceFileImport.Imported;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** {@code catalogue}: makes an operator's catalogue of a public list of prices, or checks one, without a server. */
final class CatalogueCommand {
    private static final long MAX_FILE_BYTES = 64L << 20;

    private final PrintStream out;
    private final PrintStream err;

    CatalogueCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    int run(String... arguments) {
        List<String> words = Stream.of(arguments)
                .filter(argument -> !argument.startsWith("--"))
                .skip(1)
                .toList();
        if (words.size() < 2) {
            return misuse();
        }
        Path file = Path.of(words.get(1));
        try {
            return switch (words.getFirst()) {
                case "import" -> imported(file, Set.copyOf(words.subList(2, words.size())));
                case "check" -> words.size() == 2 ? check(file) : misuse();
                default -> misuse();
            };
        } catch (CatalogueRefused e) {
            err.println(e.getMessage());
            return CommandLine.FAILURE;
        }
    }

    private int imported(Path file, Set<String> providers) {
        byte[] list;
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                err.println(file + ": is larger than " + MAX_FILE_BYTES + " bytes");
                return CommandLine.FAILURE;
            }
            list = Files.readAllBytes(file);
        } catch (IOException e) {
            err.println(file + ": cannot be read: " + e);
            return CommandLine.FAILURE;
        }
        Imported imported = PriceFileImport.of(file.toString(), list, providers);
        out.print(imported.json());
        imported.leftOut().forEach(line -> err.println("left out " + line));
        err.println(
                imported.models() + " models taken over, " + imported.leftOut().size() + " entries left out");
        return CommandLine.SUCCESS;
    }

    private int check(Path file) {
        int models = Catalogue.load(file).offers().size();
        out.println(file + ": good; with it the catalogue has " + models + " models");
        return CommandLine.SUCCESS;
    }

    private int misuse() {
        err.print("""
            Usage: purser catalogue import FILE [PROVIDER ...]   api.json of models.dev or LiteLLM's list of prices, as a catalogue on
                                                                 standard output; what is left out, and why, on standard error
                   purser catalogue check FILE                   whether the server would take this catalogue
            """);
        return CommandLine.MISUSE;
    }
}
