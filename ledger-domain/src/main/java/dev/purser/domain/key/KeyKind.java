package dev.purser.domain.key;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a key opens. */
public enum KeyKind {
    /** {@code sk_}: the backend routes of one project in one mode. */
    @JsonProperty("platform")
    PLATFORM,
    /** {@code ok_}: the operator's routes of the whole installation. */
    @JsonProperty("operator")
    OPERATOR,
    /** {@code ak_}: the audit routes of one organization, read-only. */
    @JsonProperty("auditor")
    AUDITOR
}
