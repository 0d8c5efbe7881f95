package dev.purser.domain.wallet;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Why a wallet is frozen; reasons are a set, the wallet spends again when the last one is gone. Each dispute is a reason of
 * its own: "dispute:" and its id.
 */
public record FreezeReason(@JsonValue String value) {
    public static final FreezeReason BACKEND = new FreezeReason("backend");
    public static final FreezeReason OPERATOR = new FreezeReason("operator");
    /** A dispute of which no id is known. */
    public static final FreezeReason DISPUTE = new FreezeReason("dispute");

    private static final String DISPUTE_PREFIX = "dispute:";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public FreezeReason {
        boolean known = switch (value) {
            case "backend", "operator", "dispute" -> true;
            default -> value.length() > "dispute:".length() && value.startsWith("dispute:");
        };
        if (!known) {
            throw new IllegalArgumentException("not a reason to freeze: " + value);
        }
    }

    public static FreezeReason ofDispute(String disputeId) {
        return new FreezeReason(DISPUTE_PREFIX + disputeId);
    }

    public boolean isDispute() {
        return value.equals(DISPUTE.value) || value.startsWith(DISPUTE_PREFIX);
    }

    /** The dispute; null where the reason is none, or names none. */
    public @Nullable String disputeId() {
        return value.startsWith(DISPUTE_PREFIX) ? value.substring(DISPUTE_PREFIX.length()) : null;
    }

    @Override
    public String toString() {
        return value;
    }
}
