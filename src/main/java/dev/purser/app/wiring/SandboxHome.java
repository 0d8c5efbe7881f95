package dev.purser.app.wiring;

import dev.purser.app.storage.DataDirectory;
import dev.purser.app.storage.SecretFiles;
import dev.purser.eventstore.secret.Tokens;
import dev.purser.sandbox.ModeKeys;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where the play-money Stripe keeps its objects, and the keys by which it and Purser know each other: made at the first
 * start, in {@code secrets/sandbox.env} (mode 0600) of the data directory, under the names that Stripe's own would have.
 */
final class SandboxHome implements AutoCloseable {
    static final String KEYS_FILE = "sandbox.env";
    private static final String DIRECTORY = "sandbox";

    private final Path directory;
    private final ModeKeys live;
    private final ModeKeys test;
    private final @Nullable DataDirectory opened;

    /** @param opened to be closed with this object; null when somebody else has the directory open */
    private SandboxHome(DataDirectory data, @Nullable DataDirectory opened) {
        this.opened = opened;
        this.directory = data.resolve(DIRECTORY);
        Properties keys = new Properties();
        try {
            SecretFiles.createPrivateDirectory(directory);
            keys.load(new StringReader(data.secret(KEYS_FILE, SandboxHome::newKeys)));
        } catch (IOException e) {
            throw new UncheckedIOException("The sandbox cannot use " + directory, e);
        }
        this.live = keys(keys, "");
        this.test = keys(keys, "_TEST");
    }

    static SandboxHome in(DataDirectory data) {
        return new SandboxHome(data, null);
    }

    /** Beside a database elsewhere the sandbox is all that the directory is for. */
    static SandboxHome at(Path root) {
        DataDirectory data = DataDirectory.open(root);
        try {
            return new SandboxHome(data, data);
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
    }

    Path directory() {
        return directory;
    }

    ModeKeys live() {
        return live;
    }

    ModeKeys test() {
        return test;
    }

    @Override
    public void close() {
        if (opened != null) {
            opened.close();
        }
    }

    private static ModeKeys keys(Properties keys, String suffix) {
        return new ModeKeys(
                required(keys, "STRIPE_SECRET_KEY" + suffix),
                required(keys, "STRIPE_PUBLISHABLE_KEY" + suffix),
                required(keys, "STRIPE_WEBHOOK_SECRET" + suffix));
    }

    private static String required(Properties keys, String name) {
        String value = keys.getProperty(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException(name + " is missing in secrets/" + KEYS_FILE);
        }
        return value;
    }

    private static String newKeys() {
        return """
            STRIPE_SECRET_KEY=%s
            STRIPE_PUBLISHABLE_KEY=%s
            STRIPE_WEBHOOK_SECRET=%s
            STRIPE_SECRET_KEY_TEST=%s
            STRIPE_PUBLISHABLE_KEY_TEST=%s
            STRIPE_WEBHOOK_SECRET_TEST=%s
            """.formatted(
                        Tokens.next("sk_live_sandbox"),
                        Tokens.next("pk_live_sandbox"),
                        Tokens.next("whsec_"),
                        Tokens.next("sk_test_sandbox"),
                        Tokens.next("pk_test_sandbox"),
                        Tokens.next("whsec_"));
    }
}
