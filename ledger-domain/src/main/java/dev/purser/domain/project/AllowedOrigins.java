package dev.purser.domain.project;

import dev.purser.domain.project.ProjectSettings.InvalidSetting;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The rules of a project's origin list: only what a browser sends as {@code Origin}, each once. */
final class AllowedOrigins {
    private static final int MAX_LENGTH = 255;

    private AllowedOrigins() {}

    static void require(List<String> origins) {
        if (origins.size() > ProjectSettings.MAX_ORIGINS) {
            throw invalid("must have at most " + ProjectSettings.MAX_ORIGINS + " entries");
        }
        Set<String> seen = new HashSet<>();
        for (String origin : origins) {
            if (!isSerialised(origin)) {
                throw invalid("must be http or https origins as a browser sends them,"
                        + " such as https://app.example.com or http://localhost:3000");
            }
            if (!seen.add(origin)) {
                throw invalid("must not name " + origin + " twice");
            }
        }
    }

    private static boolean isSerialised(String origin) {
        if (origin.length() > MAX_LENGTH || !origin.equals(origin.toLowerCase(Locale.ROOT))) {
            return false;
        }
        try {
            URI uri = new URI(origin);
            String scheme = uri.getScheme();
            if (uri.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
                return false;
            }
            int defaultPort = "http".equals(scheme) ? 80 : 443;
            if (uri.getPort() == defaultPort || uri.getPort() > 65_535 || uri.getPort() == 0) {
                return false;
            }
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            return origin.equals(scheme + "://" + uri.getHost() + port);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static InvalidSetting invalid(String message) {
        return new InvalidSetting("allowedOrigins", message);
    }
}
