package dev.purser.payments.connect;

import dev.purser.edge.json.Fields;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/** Where Stripe sends somebody back to: https, or http on this machine. */
final class ReturnAddress {
    private static final int MAX_LENGTH = 2_048;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String EXPECTED = "must be an https address, or an http one on localhost";

    private ReturnAddress() {}

    /** Anything else is noted as the field's fault. */
    static String in(Fields fields, String name) {
        String text = fields.text(name, 1, MAX_LENGTH);
        if (!text.isEmpty() && !isUsable(text)) {
            fields.refuse(name, EXPECTED);
        }
        return text;
    }

    private static boolean isUsable(String text) {
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme();
            String host = uri.getHost();
            if (scheme == null || host == null || uri.getRawUserInfo() != null) {
                return false;
            }
            return scheme.equalsIgnoreCase("https")
                    || (scheme.equalsIgnoreCase("http") && LOOPBACK.contains(host.toLowerCase(Locale.ROOT)));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
