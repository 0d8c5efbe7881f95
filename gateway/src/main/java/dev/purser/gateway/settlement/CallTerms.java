package dev.purser.gateway.settlement;

import dev.purser.domain.Ledger.Cause;
import dev.purser.domain.SessionId;
import dev.purser.domain.WalletId;
import dev.purser.domain.wallet.SessionCap;
import org.jspecify.annotations.Nullable;

/**
 * For whom a call is made.
 *
 * @param cap null where the session has no cap
 * @param idempotency null where the client has sent no key
 */
public record CallTerms(
        WalletId walletId,
        SessionId sessionId,
        @Nullable SessionCap cap,
        Cause cause,
        @Nullable IdempotencyKey idempotency) {

    /** A client's key and the hash of what it asked for under it. */
    public record IdempotencyKey(String key, byte[] requestHash) {
        @Override
        public String toString() {
            return "IdempotencyKey[" + key + "]";
        }
    }

    /** Where the keys of this wallet's calls are kept apart from all others. */
    public String idempotencyScope() {
        return "gw:" + walletId.value();
    }
}
