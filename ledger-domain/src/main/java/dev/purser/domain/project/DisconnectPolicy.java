package dev.purser.domain.project;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens to the upstream call when the client has hung up; what was used is billed either way. */
public enum DisconnectPolicy {
    /** Read the rest for a bounded time, so that the provider's own usage figure is known. */
    @JsonProperty("drain")
    DRAIN,
    /** Stop at once and bill an estimate. */
    @JsonProperty("cancel")
    CANCEL
}
