package dev.purser.domain.topup;

/** How far a top-up has come. */
public enum TopUpStatus {
    QUOTED("quoted"),
    /** A payment came that does not match; the operator looks at it. A payment that does match still settles it. */
    PARKED("parked"),
    SETTLED("settled");

    private final String wireName;

    TopUpStatus(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
