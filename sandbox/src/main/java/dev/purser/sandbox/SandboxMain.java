package dev.purser.sandbox;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sandbox as a process of its own, by arguments {@code name=value}: {@code testSecretKey}, {@code
 * testPublishableKey}, {@code testWebhookSecret}, the same three with {@code live}, {@code port}, {@code dataDirectory},
 * {@code webhook}, {@code publicUrl}, and {@code portFile}, a file that the port is written to once it answers.
 */
public final class SandboxMain {
    private SandboxMain() {}

    /**
     * Runs until the process ends.
     *
     * @throws IllegalArgumentException if an argument is missing, unknown or wrong
     */
    @SuppressWarnings("resource") // It ends with the process.
    public static void main(String[] arguments) throws IOException {
        Map<String, String> given = read(arguments);
        String port = given.remove("port");
        Path data = path(given.remove("dataDirectory"));
        Path portFile = path(given.remove("portFile"));
        SandboxSettings settings = SandboxSettings.of(keys(given, "test"), keys(given, "live"))
                .withPort(port == null ? 0 : Integer.parseInt(port))
                .withDataDirectory(data)
                .withWebhook(uri(given.remove("webhook")))
                .withPublicUrl(uri(given.remove("publicUrl")));
        if (!given.isEmpty()) {
            throw new IllegalArgumentException("Unknown arguments: " + given.keySet());
        }
        StripeSandbox sandbox = StripeSandbox.start(settings);
        if (portFile != null) {
            Path fresh = portFile.resolveSibling(portFile.getFileName() + ".new");
            Files.writeString(fresh, Integer.toString(sandbox.port()));
            Files.move(fresh, portFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static Map<String, String> read(String[] arguments) {
        Map<String, String> given = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("Expected name=value, not " + argument);
            }
            given.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        return given;
    }

    private static ModeKeys keys(Map<String, String> given, String mode) {
        return new ModeKeys(
                required(given, mode + "SecretKey"),
                required(given, mode + "PublishableKey"),
                given.remove(mode + "WebhookSecret"));
    }

    private static String required(Map<String, String> given, String name) {
        String value = given.remove(name);
        if (value == null) {
            throw new IllegalArgumentException("The argument " + name + " is missing");
        }
        return value;
    }

    private static @Nullable Path path(@Nullable String text) {
        return text == null ? null : Path.of(text);
    }

    private static @Nullable URI uri(@Nullable String text) {
        return text == null ? null : URI.create(text);
    }
}
