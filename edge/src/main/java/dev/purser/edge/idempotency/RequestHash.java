package dev.purser.edge.idempotency;

import dev.purser.edge.request.Call;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What makes two requests the same: method, path and body, each with its length so that none can run into the next. */
final class RequestHash {
    private RequestHash() {}

    static byte[] of(Call call) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, call.method().getBytes(StandardCharsets.UTF_8));
            add(digest, call.path().getBytes(StandardCharsets.UTF_8));
            add(digest, call.body());
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, byte[] part) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
        digest.update(part);
    }
}
