package dev.purser.command.session;

import dev.purser.command.config.PaymentsConfig;
import dev.purser.domain.Mode;
import dev.purser.domain.session.SessionView;
import dev.purser.edge.wire.Times;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sessions as answers. */
final class SessionJson {
    private final PaymentsConfig payments;

    SessionJson(PaymentsConfig payments) {
        this.payments = payments;
    }

    /** The token twice, so that a backend can hand the answer on unchanged as the client package's session. */
    Map<String, @Nullable Object> minted(SessionView session, String token, Mode mode) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("sessionToken", token);
        json.put("token", token);
        json.put("publishableKey", payments.publishableKey(mode));
        json.put("walletId", session.walletId().value());
        json.put("endCustomerId", session.customerId().value());
        json.put("expiresAt", Times.iso(session.expiresAt()));
        json.put("sessionId", session.id().value());
        return json;
    }

    Map<String, @Nullable Object> refreshed(SessionView session, String token) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("sessionToken", token);
        json.put("token", token);
        json.put("walletId", session.walletId().value());
        json.put("expiresAt", Times.iso(session.expiresAt()));
        return json;
    }

    static Map<String, @Nullable Object> revoked(SessionView session) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("sessionId", session.id().value());
        json.put("walletId", session.walletId().value());
        json.put("revoked", session.revoked());
        return json;
    }
}
