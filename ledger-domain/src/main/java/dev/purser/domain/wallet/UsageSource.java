package dev.purser.domain.wallet;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where the figures of a bill come from. */
public enum UsageSource {
    /** The provider reported them to the client's own call. */
    @JsonProperty("provider")
    PROVIDER("provider"),
    /** The provider reported them after the client had hung up. */
    @JsonProperty("drained")
    DRAINED("drained"),
    /** Nobody reported them: counted here, an upper bound. */
    @JsonProperty("estimated")
    ESTIMATED("estimated"),
    /** The last figure on record of a call that a crash cut off. */
    @JsonProperty("recovered")
    RECOVERED("recovered"),
    /** The developer's backend metered the call itself. */
    @JsonProperty("reported")
    REPORTED("reported");

    private final String wireName;

    UsageSource(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
