package dev.purser.domain.wallet;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where credited money comes from. */
public enum CreditKind {
    @JsonProperty("topup")
    TOPUP("topup"),
    @JsonProperty("bonus")
    BONUS("bonus"),
    /** Granted by the developer's backend. */
    @JsonProperty("adjustment")
    ADJUSTMENT("adjustment");

    private final String wireName;

    CreditKind(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
