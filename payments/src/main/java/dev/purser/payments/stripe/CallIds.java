package dev.purser.payments.stripe;

import dev.purser.edge.request.Call;
import dev.purser.eventstore.secret.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Ids of what a call makes at Stripe. A call that comes again with its idempotency key, after the first was cut off half
 * way, gets the same id, so that it goes on where the first stopped: here and, because the id is the key there, at Stripe.
 */
public final class CallIds {
    private static final int DIGEST_BYTES = 16;

    private CallIds() {}

    /**
     * @param prefix three lower-case letters
     * @param attempt another number is another id under the same key
     */
    public static String of(Call call, String prefix, int attempt) {
        return call.checkedIdempotencyKey()
                .map(key -> prefix + digest(prefix + "\n" + call.scope() + "\n" + attempt + "\n" + key))
                .orElseGet(() -> Ids.next(prefix));
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
