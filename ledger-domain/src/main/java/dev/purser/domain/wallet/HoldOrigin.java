package dev.purser.domain.wallet;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who made a hold; each sees only its own. */
public enum HoldOrigin {
    /** A metered call: the true cost may differ from the hold and is always billed as far as money reaches. */
    @JsonProperty("gateway")
    GATEWAY,
    /** The developer's backend: a capture never exceeds the hold. */
    @JsonProperty("backend")
    BACKEND
}
