package dev.purser.edge.access;

import dev.purser.edge.Gate.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a token's prefix says about it. */
enum TokenKind {
    PLATFORM("a platform secret key"),
    SESSION("a session token"),
    OPERATOR("an operator key"),
    AUDITOR("an auditor key");

    private static final int RANDOM_DIGITS = 40;

    private final String description;

    TokenKind(String description) {
        this.description = description;
    }

    /** A longer prefix comes before one that it starts with. */
    private List<String> prefixes() {
        return switch (this) {
            case PLATFORM -> List.of("sk_live_", "sk_test_");
            case SESSION -> List.of("es_test_", "es_");
            case OPERATOR -> List.of("ok_");
            case AUDITOR -> List.of("ak_");
        };
    }

    private Set<Kind> opens() {
        return switch (this) {
            case PLATFORM -> Set.of(Kind.BACKEND);
            case SESSION -> Set.of(Kind.BROWSER, Kind.REFRESH);
            case OPERATOR -> Set.of(Kind.OPERATOR);
            case AUDITOR -> Set.of(Kind.AUDITOR);
        };
    }

    /** By its prefix alone; empty when no kind has it. */
    static Optional<TokenKind> of(String token) {
        for (TokenKind kind : values()) {
            if (kind.prefixes().stream().anyMatch(token::startsWith)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** Whether it can be a token at all; if not, nobody needs to look for it. */
    boolean isWellFormed(String token) {
        for (String prefix : prefixes()) {
            if (token.startsWith(prefix)) {
                return token.length() == prefix.length() + RANDOM_DIGITS && isAlphanumeric(token, prefix.length());
            }
        }
        return false;
    }

    boolean opensAny(Collection<Kind> gates) {
        return gates.stream().anyMatch(opens()::contains);
    }

    /** What a route with these gates expects, in words. */
    static String expected(Collection<Kind> gates) {
        Set<String> expected = new TreeSet<>();
        for (TokenKind kind : values()) {
            if (kind.opensAny(gates)) {
                expected.add(kind.description + " (" + String.join("… or ", kind.prefixes()) + "…)");
            }
        }
        return String.join(" or ", expected);
    }

    private static boolean isAlphanumeric(String token, int from) {
        for (int i = from; i < token.length(); i++) {
            char c = token.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))) {
                return false;
            }
        }
        return true;
    }
}
