package dev.purser.domain;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Live and test are separate worlds: customers, wallets, sessions and margins of one never meet the other's. */
public enum Mode {
    @JsonProperty("live")
    LIVE("live"),
    @JsonProperty("test")
    TEST("test");

    private final String wireName;

    Mode(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    public static Mode ofWireName(String name) {
        return switch (name) {
            case "live" -> LIVE;
            case "test" -> TEST;
            default -> throw new IllegalArgumentException("expected live or test, not " + name);
        };
    }
}
