package dev.purser.command.secret;

import dev.purser.domain.Fingerprint;
import dev.purser.domain.Mode;
import dev.purser.domain.key.KeyKind;
import dev.purser.eventstore.secret.Tokens;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes tokens. Each is shown to whom it is made for, and only its fingerprint is kept. Thread-safe. */
public final class NewTokens {
    private static final int PREVIEW_DIGITS = 4;

    private final Function<String, String> fingerprint;

    /** A token and what is kept of it. */
    public record NewToken(String token, Fingerprint fingerprint) {
        /** The masked form that lists show. */
        public String preview() {
            String prefix = token.substring(0, token.length() - Tokens.RANDOM_DIGITS);
            return prefix + "…" + token.substring(token.length() - PREVIEW_DIGITS);
        }

        /** Without the token. */
        @Override
        public String toString() {
            return preview();
        }
    }

    /** @param fingerprint under the newest server key, in hex */
    public NewTokens(Function<String, String> fingerprint) {
        this.fingerprint = fingerprint;
    }

    public NewToken session(Mode mode) {
        return next(
                switch (mode) {
                    case LIVE -> "es_";
                    case TEST -> "es_test_";
                });
    }

    /** @param mode of a platform key; other kinds have none */
    public NewToken key(KeyKind kind, @Nullable Mode mode) {
        return next(
                switch (kind) {
                    case PLATFORM -> mode == Mode.LIVE ? "sk_live_" : "sk_test_";
                    case OPERATOR -> "ok_";
                    case AUDITOR -> "ak_";
                });
    }

    private NewToken next(String prefix) {
        String token = Tokens.next(prefix);
        return new NewToken(token, new Fingerprint(fingerprint.apply(token)));
    }
}
