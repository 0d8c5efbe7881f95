package dev.purser.domain.topup;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What of a payment does not match its quote. */
public enum ParkReason {
    @JsonProperty("amount")
    AMOUNT("amount"),
    @JsonProperty("currency")
    CURRENCY("currency"),
    @JsonProperty("mode")
    MODE("mode"),
    /** Another payment than the one that was made for the quote. */
    @JsonProperty("intent")
    INTENT("intent");

    private final String wireName;

    ParkReason(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
