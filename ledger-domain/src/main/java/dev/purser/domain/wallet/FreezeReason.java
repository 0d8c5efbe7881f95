package dev.purser.domain.wallet;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a wallet is frozen; reasons are a set, the wallet spends again when the last one is gone. */
public enum FreezeReason {
    @JsonProperty("backend")
    BACKEND,
    @JsonProperty("operator")
    OPERATOR,
    @JsonProperty("dispute")
    DISPUTE
}
