package dev.purser.app.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What the build wrote down about itself. */
public final class BuildInfo {
    private static final Properties PROPERTIES = read();

    private BuildInfo() {}

    /** {@code unknown} where the classes were compiled without the build, as editors do. */
    public static String property(String name) {
        return PROPERTIES.getProperty("build." + name, "unknown");
    }

    private static Properties read() {
        try (InputStream stream = BuildInfo.class.getResourceAsStream("/META-INF/build-info.properties")) {
            Properties properties = new Properties();
            if (stream != null) {
                properties.load(stream);
            }
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
