package dev.purser.app.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whole directory trees. */
final class Trees {
    private Trees() {}

    static void delete(Path root) throws IOException {
        for (Path path : walk(root).reversed()) {
            Files.delete(path);
        }
    }

    /** The root first, each directory before what is in it. */
    static List<Path> walk(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.sorted(Comparator.naturalOrder()).toList();
        }
    }
}
