package dev.purser.app.wiring;

import dev.purser.app.storage.DataDirectory;
import dev.purser.app.storage.SecretFiles;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * A demo organization and project on a fresh data directory, so that the first command leads to a first call. Their keys
 * are printed once and kept in {@code demo.env} (mode 0600); without that file a new demo is made.
 */
final class Demo implements OnLedgerOpen {
    static final String FILE = "demo.env";

    private final DataDirectory data;
    private final LedgerBootstrap bootstrap;
    private final PrintStream out;

    Demo(DataDirectory data, LedgerBootstrap bootstrap, PrintStream out) {
        this.data = data;
        this.bootstrap = bootstrap;
        this.out = out;
    }

    @Override
    public void ledgerIsOpen() {
        Path file = data.resolve(FILE);
        if (Files.exists(file)) {
            return;
        }
        SequencedMap<String, String> keys = new LinkedHashMap<>(bootstrap.freshDemo());
        keys.put("PURSER_OPERATOR_KEY", bootstrap.operatorKey("demo operator"));
        String lines = keys.entrySet().stream().map(Demo::line).collect(Collectors.joining());
        try {
            SecretFiles.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException("The demo's keys cannot be written to " + file, e);
        }
        out.println("A demo organization and project were made. Their keys, also in " + file + ":");
        out.print(lines.indent(2));
    }

    private static String line(Map.Entry<String, String> entry) {
        return entry.getKey() + "=" + entry.getValue() + "\n";
    }
}
